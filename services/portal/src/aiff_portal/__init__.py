"""The pages of AI Factory France: a client of the public API."""
