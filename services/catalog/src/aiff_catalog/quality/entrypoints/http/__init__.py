"""The work list, links and duplicates over HTTP."""
