"""Writes by external id, records and policies over HTTP."""
