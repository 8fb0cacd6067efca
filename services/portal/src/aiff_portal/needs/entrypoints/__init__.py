"""The pages of a need over HTTP."""
