"""Options with all that a decision needs, compared and combined."""
