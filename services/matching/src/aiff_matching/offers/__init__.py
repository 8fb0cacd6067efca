"""Offers: the copy of the published offers, compiled so that questions are answered at once."""
