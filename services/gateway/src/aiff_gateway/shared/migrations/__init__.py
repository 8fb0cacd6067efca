"""The gateway's migrations."""

MIGRATIONS = __name__
