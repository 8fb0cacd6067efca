"""The operations port of a process: metrics and, where HTTP is not its work, its health.

It is a port of its own, so that nothing which is routed to the public can ever reach it.
"""

import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

Page = tuple[int, str, bytes]
Pages = Mapping[str, Callable[[], Page]]
# A check returns normally when all is well and raises with the reason when not.
Check = Callable[[], None]

_READ_SECONDS = 5


class CannotListenError(Exception):
    """The operations port cannot be had."""


class OperationsServer:
    """Serves a few pages from threads of its own, until it is closed or the process ends."""

    def __init__(self, host: str, port: int, pages: Pages) -> None:
        """Listen; CannotListenError when the address is taken or not ours. Port 0 takes any."""
        try:
            self._server = ThreadingHTTPServer((host, port), _handler(pages))
        except OSError as error:
            raise CannotListenError(error.strerror) from error
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="operations", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def metrics_page() -> Page:
    """Return the metrics of the process in Prometheus's text format."""
    return HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(REGISTRY)


def health_page(good: str, bad: str, checks: Mapping[str, Check]) -> Page:
    """Run checks and return their outcome: 200 with the good word, or 503 with the bad one."""
    outcomes = {name: _outcome(check) for name, check in checks.items()}
    well = all(outcome == "ok" for outcome in outcomes.values())
    body = orjson.dumps({"status": good if well else bad, "checks": outcomes})
    status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
    return status, "application/json", body


def _outcome(check: Check) -> str:
    try:
        check()
    except Exception as error:  # noqa: BLE001  Whatever fails is named and not hidden.
        return f"failed: {type(error).__name__}"
    return "ok"


def _handler(pages: Pages) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _READ_SECONDS

        def do_GET(self) -> None:
            page = pages.get(self.path.partition("?")[0])
            if page is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            status, media_type, body = page()
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def version_string(self) -> str:
            return "aiff"

        def log_message(self, *_: Any) -> None:
            """Keep quiet: scrapes come every few seconds."""

    return Handler
