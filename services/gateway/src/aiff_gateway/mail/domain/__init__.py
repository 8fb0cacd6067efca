"""Letters, their kinds, and when one is tried again."""
