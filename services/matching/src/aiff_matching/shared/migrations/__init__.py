"""The history of the service's schema, run by `python -m aiff_matching migrate`."""

MIGRATIONS = __name__
