"""Programmes, their questions, and what is known of the answers."""
