"""The use cases; each one owns its transaction. Ports say what they need of the world."""
