"""Signing in and out, managing keys, recognising a caller."""
