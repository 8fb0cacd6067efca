"""One function a capability: the only places that name adapters."""
