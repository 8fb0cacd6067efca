"""The pages' use cases; the first page needs none yet."""
