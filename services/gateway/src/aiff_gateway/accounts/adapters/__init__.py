"""Accounts in the database, and the hashing of passwords."""
