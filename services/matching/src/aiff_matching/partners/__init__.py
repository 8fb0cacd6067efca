"""Partners: what they look for among start-ups, and start-ups that let themselves be found."""
