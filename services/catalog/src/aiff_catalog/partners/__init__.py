"""Partners' systems keep their own offers here, by their own identifiers."""
