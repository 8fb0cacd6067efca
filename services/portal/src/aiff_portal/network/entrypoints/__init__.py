"""The pages of the network over HTTP."""
