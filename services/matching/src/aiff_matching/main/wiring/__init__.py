"""One function a capability: from what lies below it to its use cases and steps.

Nothing else names an adapter; a test that wants other parts passes them here.
"""
