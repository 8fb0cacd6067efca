"""Documents: the index, the description of the whole API, and the pages of its problems."""
