"""Journeys over HTTP, as JSON, as a calendar or as a page to print."""
