"""One function a capability: it takes what lies below and returns use cases and steps."""
