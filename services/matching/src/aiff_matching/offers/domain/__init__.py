"""The compiled catalogue: columns, implied rules, text indexes."""
