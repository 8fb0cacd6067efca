"""Offers and organisations over HTTP: read, written, listed, compared."""
