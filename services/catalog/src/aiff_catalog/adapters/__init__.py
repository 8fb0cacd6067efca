"""The databases, files and the search index behind the ports."""
