"""The HTTP interface of the catalogue."""
