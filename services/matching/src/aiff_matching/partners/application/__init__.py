"""Searches of partners, and consents of start-ups."""
