"""A receiver of traces: it speaks OTLP over HTTP as a real collector does and keeps the spans."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

_PATIENCE_SECONDS = 20


@dataclass(frozen=True)
class Received:
    service: str
    name: str
    trace_id: str
    span_id: str
    parent_id: str
    attributes: dict[str, str]


class Receiver:
    """Listens on a free loopback port for the time of a block."""

    def __init__(self) -> None:
        self.spans: list[Received] = []
        self.raw: list[bytes] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def of_trace(self, trace_id: str) -> list[Received]:
        return [span for span in list(self.spans) if span.trace_id == trace_id]

    def await_spans(self, trace_id: str, wanted: set[tuple[str, str]]) -> None:
        """Wait until a trace has these spans, given by service and name."""

        def missing() -> set[tuple[str, str]]:
            return wanted - {(span.service, span.name) for span in self.of_trace(trace_id)}

        _await(lambda: not missing(), missing)

    def await_trace(self, name: str, wanted: set[tuple[str, str]]) -> None:
        """Wait until a trace that begins with a span of this name has all these spans."""

        def traces() -> list[set[tuple[str, str]]]:
            begun = [one for one in list(self.spans) if one.name == name and not one.parent_id]
            return [
                {(span.service, span.name) for span in self.of_trace(one.trace_id)} for one in begun
            ]

        _await(lambda: any(wanted <= found for found in traces()), traces)

    def _take(self, body: bytes) -> None:
        request = ExportTraceServiceRequest.FromString(body)
        self.raw.append(body)
        for resource in request.resource_spans:
            named = {pair.key: pair.value.string_value for pair in resource.resource.attributes}
            for scope in resource.scope_spans:
                self.spans += [_received(named["service.name"], span) for span in scope.spans]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        take = self._take

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/v1/traces"
                take(self.rfile.read(int(self.headers["Content-Length"])))
                body = ExportTraceServiceResponse().SerializeToString()
                self.send_response(200)
                self.send_header("Content-Type", "application/x-protobuf")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        return Handler


def _await(condition: Callable[[], bool], state: Callable[[], object]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, state()
        time.sleep(0.05)


def _received(service: str, span) -> Received:
    attributes = {
        pair.key: pair.value.string_value or str(pair.value.int_value) for pair in span.attributes
    }
    return Received(
        service,
        span.name,
        span.trace_id.hex(),
        span.span_id.hex(),
        span.parent_span_id.hex(),
        attributes,
    )
