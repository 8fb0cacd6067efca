"""What an offer's rules ask, and what the page says."""
