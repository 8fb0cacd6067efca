"""Founding, inviting, leaving, advising, and requests to represent a listed organisation."""
