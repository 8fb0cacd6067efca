"""Dumps, changes, feeds and sitemaps over HTTP."""
