"""What operators do with accounts, and what that needs from the outside."""
