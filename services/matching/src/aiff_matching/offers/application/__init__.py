"""Keeping the copy by events, and making it anew."""
