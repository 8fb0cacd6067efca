"""Compute plans over HTTP."""
