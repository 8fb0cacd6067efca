"""The checks, how alike two listings are, and when an address is dead."""
