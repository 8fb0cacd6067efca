"""Two engines behind one port, and the database for when both are away."""
