"""Accounts: who somebody is on the platform, and what that role lets them do."""
