"""Tokens, what is kept of them, and what they may open."""
