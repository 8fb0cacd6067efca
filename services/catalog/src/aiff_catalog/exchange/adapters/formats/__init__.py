"""The formats in which others take the whole catalogue."""
