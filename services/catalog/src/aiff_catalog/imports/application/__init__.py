"""What partners order, what the worker does with the rows, and what is refused."""
