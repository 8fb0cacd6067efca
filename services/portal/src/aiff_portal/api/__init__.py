"""The public API as the portal asks it: with the reader's own session, and no right of its own."""
