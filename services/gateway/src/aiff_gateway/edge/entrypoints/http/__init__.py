"""The outermost application: limits, caller, memory, service."""
