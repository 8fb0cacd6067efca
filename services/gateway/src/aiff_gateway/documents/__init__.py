"""Documents: the index, the description of the whole API, and the kinds of its problems."""
