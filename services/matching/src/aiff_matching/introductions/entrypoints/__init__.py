"""Ways in for start-ups, providers and curators."""
