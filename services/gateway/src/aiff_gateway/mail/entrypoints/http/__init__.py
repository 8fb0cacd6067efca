"""What was sent, what is not wanted, and the one click that ends a list."""
