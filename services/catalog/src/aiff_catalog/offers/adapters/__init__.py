"""Offers and organisations in the database: written inside a transaction, read without an ORM."""
