"""Searches, consent to be found, and how well two sides suit each other."""
