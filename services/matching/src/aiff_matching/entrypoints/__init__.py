"""Ways in: HTTP, events."""
