"""Letters are sent, refused and shown; what that needs from the outside."""
