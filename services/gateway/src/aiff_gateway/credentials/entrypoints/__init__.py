"""Sessions and keys over HTTP, keys on the command line."""
