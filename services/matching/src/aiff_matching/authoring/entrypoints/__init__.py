"""Ways in for authors: HTTP, and a report in a terminal."""
