"""Credentials and failed sign-ins in the database; the threads in which passwords are hashed."""
