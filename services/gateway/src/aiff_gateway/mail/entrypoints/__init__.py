"""Mail over HTTP and on the command line."""
