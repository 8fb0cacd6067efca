"""`aiff`: the API on the command line."""
