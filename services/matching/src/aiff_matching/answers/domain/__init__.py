"""Judging, ordering and explaining offers for one profile and need."""
