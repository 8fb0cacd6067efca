"""Refusing what is too much at once, so that what was admitted is answered in time."""

from starlette.types import ASGIApp, Receive, Scope, Send

from aiff_kit.problems import UNAVAILABLE, Problem, send_problem

_HEALTH = "/health/"


class TooManyAtOnce(Problem):
    """The service is busy with as many requests as it can answer in time."""

    def __init__(self) -> None:
        """Ask to try again in a second."""
        super().__init__(UNAVAILABLE, headers={"Retry-After": "1"})


class Admission:
    """Counts the requests that run: `with admission:` around each.

    Beyond the limit it raises 503 with Retry-After. Memory and waiting times stay bounded under
    any load, and the callers that are turned away learn it at once.
    """

    def __init__(self, limit: int) -> None:
        """Admit up to `limit` requests at a time."""
        self._limit = limit
        self._running = 0

    def __enter__(self) -> None:
        """Admit, or raise the problem."""
        if self._running >= self._limit:
            raise TooManyAtOnce
        self._running += 1

    def __exit__(self, *_: object) -> None:
        """Make room."""
        self._running -= 1


class AdmissionMiddleware:
    """Admits requests to an application, health questions always."""

    def __init__(self, app: ASGIApp, admission: Admission) -> None:
        """Wrap an application."""
        self._app = app
        self._admission = admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, or refuse at once."""
        if scope["type"] != "http" or scope["path"].startswith(_HEALTH):
            await self._app(scope, receive, send)
            return
        try:
            with self._admission:
                await self._app(scope, receive, send)
        except TooManyAtOnce as problem:
            await send_problem(problem, scope, receive, send)
