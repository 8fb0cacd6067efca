"""Counting attempts, and what it is called when there were too many."""
