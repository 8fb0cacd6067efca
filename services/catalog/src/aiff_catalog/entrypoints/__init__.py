"""Three equal ways in: HTTP, the event consumer and the command line."""
