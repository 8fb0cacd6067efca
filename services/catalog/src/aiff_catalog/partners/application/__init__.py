"""Offers are written as partners send them, as far as their policies go."""
