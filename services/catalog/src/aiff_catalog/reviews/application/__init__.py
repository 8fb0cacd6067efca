"""What curators decide, and what the clock does."""
