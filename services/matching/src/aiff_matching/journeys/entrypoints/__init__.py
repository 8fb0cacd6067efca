"""Ways to ask for a journey."""
