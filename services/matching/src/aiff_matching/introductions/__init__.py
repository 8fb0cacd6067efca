"""Introductions: a start-up asks a provider for help, showing what it consented to."""
