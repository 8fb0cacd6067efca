"""What a caller may still ask for, over HTTP."""
