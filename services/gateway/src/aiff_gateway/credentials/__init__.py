"""Credentials: sessions of people, keys of programs, and whom a token names."""
