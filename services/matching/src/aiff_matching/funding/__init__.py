"""Funding: what of an aid answers a need, and what the rules between aids leave of it."""
