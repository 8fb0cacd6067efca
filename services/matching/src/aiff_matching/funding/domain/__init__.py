"""Amounts of an aid, and the ceilings that lower them."""
