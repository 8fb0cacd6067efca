"""Matching: what a start-up can get, why, and what is missing to know it."""
