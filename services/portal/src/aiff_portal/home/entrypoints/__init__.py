"""The first page over HTTP."""
