"""What a report is made of, and its words."""
