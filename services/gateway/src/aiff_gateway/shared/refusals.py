"""How a command ends where the gateway refuses."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from aiff_gateway.shared.errors import GatewayError


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """End the command with one line instead of a trace."""
    try:
        yield
    except GatewayError as error:
        sys.exit(str(error))
