"""What the columns of a table mean, and the life of an import."""
