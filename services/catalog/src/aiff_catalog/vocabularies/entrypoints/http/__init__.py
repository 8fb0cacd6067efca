"""Vocabularies over HTTP: read, edited, previewed."""
