"""Searches as addresses, and offers as what their pages say."""
