"""Which service stands behind a path, and which answers may be remembered for how long."""
