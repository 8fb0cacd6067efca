"""What can be searched for, and what a search answers."""
