"""`python -m aiff_local run` and `demo`."""

from aiff_local.cli import app

app()
