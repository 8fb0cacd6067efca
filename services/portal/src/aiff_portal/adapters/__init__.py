"""Clients of the public API; the first page needs none yet."""
