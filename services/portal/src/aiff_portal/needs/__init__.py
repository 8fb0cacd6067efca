"""What a reader needs, asked step by step, and what follows from it; nothing of it is stored."""
