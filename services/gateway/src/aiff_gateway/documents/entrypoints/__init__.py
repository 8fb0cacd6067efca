"""The documents over HTTP, and the API document on the command line."""
