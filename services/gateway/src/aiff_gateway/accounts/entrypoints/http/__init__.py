"""What accounts answer with over HTTP."""
