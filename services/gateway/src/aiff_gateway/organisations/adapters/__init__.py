"""The tables of organisations."""
