"""Introductions in their tables."""
