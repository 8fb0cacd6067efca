"""How words are made, what means the same, what is near: the same on every engine."""
