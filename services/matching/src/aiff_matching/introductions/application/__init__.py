"""What the start-up, the provider, the curators and the clock do to a request."""
