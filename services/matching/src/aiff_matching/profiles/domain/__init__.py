"""Profiles, needs, and the facts that are derived from them."""
