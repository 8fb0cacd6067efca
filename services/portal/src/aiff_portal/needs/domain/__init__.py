"""Questions to a reader, how their answers are read, and what the API answers, in words."""
