"""Run as `python -m aiff_matching`."""

from aiff_matching.main.cli import cli

if __name__ == "__main__":
    cli()
