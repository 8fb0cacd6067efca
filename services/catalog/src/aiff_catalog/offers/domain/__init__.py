"""The offer, its pending revision, its history, and who provides it."""
