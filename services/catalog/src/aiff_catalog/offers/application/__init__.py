"""Texts are changed, versions are stored with their history, readers and the world are told."""
