"""Accounts on the command line: there is no public sign-up."""
