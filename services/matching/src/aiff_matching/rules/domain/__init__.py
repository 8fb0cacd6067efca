"""One rule evaluated with its trace, many at once, and the verdict."""
