"""`python -m aiff_gateway`."""

from aiff_gateway.main.cli import cli

if __name__ == "__main__":
    cli()
