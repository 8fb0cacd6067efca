"""The copy in its tables and in memory."""
