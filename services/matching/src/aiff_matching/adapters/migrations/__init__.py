"""The history of the service's schema, run by `python -m aiff_catalog migrate`."""
