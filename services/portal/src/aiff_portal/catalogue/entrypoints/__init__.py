"""The catalogue's pages over HTTP."""
