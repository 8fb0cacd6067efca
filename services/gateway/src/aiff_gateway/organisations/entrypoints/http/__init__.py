"""Organisations over HTTP, where they are called teams: the catalogue has its own organisations."""
