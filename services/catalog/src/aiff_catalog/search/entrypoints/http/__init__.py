"""Searches and suggestions over HTTP, and how long they take."""
