"""The page of a check over HTTP."""
