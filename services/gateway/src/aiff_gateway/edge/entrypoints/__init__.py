"""Requests over HTTP, and the events that outdate what is remembered."""
