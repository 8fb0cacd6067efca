"""The use cases of the gateway: sign in, manage keys, recognise callers, remember answers."""
