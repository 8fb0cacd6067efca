"""Entries are refreshed, the index is rebuilt, copies are compared and mended."""
