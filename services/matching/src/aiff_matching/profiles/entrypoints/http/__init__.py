"""Start-ups and needs over HTTP."""
