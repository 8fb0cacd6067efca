"""Serving HTTP: from the first byte of a connection to the last answer before a stop."""

from aiff_kit.http.server.serving import run_server

__all__ = ["run_server"]
