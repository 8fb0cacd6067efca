"""Accounts, roles and the scopes of a role."""
