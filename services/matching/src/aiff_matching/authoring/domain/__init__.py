"""Faults of rules, and the cases that their authors expect."""
