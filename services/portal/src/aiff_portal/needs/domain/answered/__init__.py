"""What the API answers, in the words of a page."""
