"""The pages and their style."""
