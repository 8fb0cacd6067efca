"""Members by country with their map, deadlines by month, and the days of what is new."""
