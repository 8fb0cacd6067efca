"""PostgreSQL connections whose every wait ends."""

import time
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

T = TypeVar("T")
# The server itself ends a statement earlier (statement_timeout); this is for one that is frozen.
_SECONDS_TO_ANSWER = 10.0


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that is given up when the server does not answer a statement in time.

    The kernel of a frozen server goes on acknowledging, so no setting of TCP notices. Nor could
    a cancellation be sent to it: the connection is closed, and whether a commit that was being
    waited for took effect stays unknown, as after any lost connection.
    """

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait as the driver does; OperationalError after ten seconds without an answer."""
        seconds = _SECONDS_TO_ANSWER if timeout is None else timeout
        deadline = time.monotonic() + seconds
        try:
            return super().wait(gen, interval, seconds)
        except psycopg.OperationalError:
            if time.monotonic() >= deadline:
                self.pgconn.finish()
            raise
