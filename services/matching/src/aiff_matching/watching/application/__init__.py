"""Judging what is due, and telling what changed."""
