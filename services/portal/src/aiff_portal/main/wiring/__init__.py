"""One module a capability: its adapters put to its ports."""
