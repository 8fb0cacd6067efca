"""`python -m aiff_gateway`."""

from aiff_gateway.main.cli import main

if __name__ == "__main__":
    main()
