"""The changes and the whole catalogue in the database, and the formats that others read."""
