"""The reference over HTTP."""
