"""Run as `python -m aiff_catalog`."""

from aiff_catalog.main.cli import cli

if __name__ == "__main__":
    cli()
