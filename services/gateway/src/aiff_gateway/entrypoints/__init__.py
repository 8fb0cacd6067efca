"""The ways into the gateway: HTTP and the command line."""
