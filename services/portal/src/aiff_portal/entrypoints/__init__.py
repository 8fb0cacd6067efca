"""The ways into the portal."""
