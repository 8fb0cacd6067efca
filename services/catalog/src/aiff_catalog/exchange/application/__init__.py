"""Dumps are streamed, changes get their positions."""
