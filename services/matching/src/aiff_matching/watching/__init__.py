"""Watching: stored needs are judged again when something changes, and their owners are told."""
