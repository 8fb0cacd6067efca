"""Coverage: how well the catalogue covers what start-ups need."""
