"""Organisations and memberships, invitations, advisers and requests as plain data and rules."""
