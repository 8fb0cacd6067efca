"""The history of the catalogue's schema, run by `python -m aiff_catalog migrate`."""

MIGRATIONS = __name__
