"""Ways to ask a question."""
