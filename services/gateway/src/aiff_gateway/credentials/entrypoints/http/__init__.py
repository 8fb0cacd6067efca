"""Sign-in, the caller's own identity and API keys over HTTP."""
