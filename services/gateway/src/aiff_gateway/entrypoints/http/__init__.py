"""HTTP: the edge through which every request goes, and the gateway's own routes."""
