"""Imports and their mappings over HTTP."""
