"""Use cases: each owns its transaction; the world is behind ports."""
