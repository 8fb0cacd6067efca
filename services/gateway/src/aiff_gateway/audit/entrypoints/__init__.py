"""The audit log over HTTP for auditors, and its verification on the command line."""
