"""Audit: every decision that matters, in a log that only grows and that anybody can verify."""
