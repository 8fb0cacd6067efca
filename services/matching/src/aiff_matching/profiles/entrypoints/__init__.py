"""Ways in for the owners of start-ups and needs."""
