"""An edition, what it must fulfil, and how its words are spelled."""
