"""`python -m aiff_portal`."""

from aiff_portal.main.cli import cli

if __name__ == "__main__":
    cli()
