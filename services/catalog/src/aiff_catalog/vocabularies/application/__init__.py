"""Editions are drafted, previewed and published; what holds now is followed."""
