"""Mail: letters that use cases write inside their transaction, and what takes them away."""
