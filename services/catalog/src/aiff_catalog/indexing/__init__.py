"""The copies of the published offers, kept equal to them: the search index, the topic of states."""
