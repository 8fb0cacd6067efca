"""What the routes of every capability share."""
