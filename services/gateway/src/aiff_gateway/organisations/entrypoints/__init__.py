"""Ways in to the organisations."""
