"""Ways to ask for a plan."""
