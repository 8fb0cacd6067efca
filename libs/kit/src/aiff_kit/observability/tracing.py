"""Traces that cross HTTP and events, in the words of W3C Trace Context and OpenTelemetry.

The trace of what is being done is always carried on (`current_traceparent`), as text and at next
to no cost. Spans are made only after `configure_tracing` was given a place to send them to.
"""

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex
from typing import Any

from opentelemetry.trace import (
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    Tracer,
    set_span_in_context,
)

_TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")
_LONGEST_FLUSH_MS = 3_000

Attributes = Mapping[str, str | int]

_current: ContextVar[str | None] = ContextVar("aiff_traceparent", default=None)


class _Process:
    """What this process makes spans with: nothing until tracing is configured."""

    tracer: Tracer | None = None
    provider: Any = None


def configure_tracing(service: str, endpoint: str | None) -> None:
    """Send spans to an OTLP/HTTP receiver (its base address); with None make no spans.

    Further standard variables (OTEL_TRACES_SAMPLER, OTEL_EXPORTER_OTLP_HEADERS, OTEL_BSP_*) are
    read by OpenTelemetry itself.
    """
    if endpoint is None:
        return
    # Only here, since a process that sends no traces need not carry these.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
        OTLPSpanExporter,
    )
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    named = {"service.name": f"aiff-{service}", "service.namespace": "aiff"}
    provider = TracerProvider(resource=Resource.create(named))
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter))
    _Process.provider = provider
    _Process.tracer = provider.get_tracer("aiff")


def flush_traces() -> None:
    """Send what was not sent yet, for a short time: a process that ends keeps nothing."""
    if _Process.provider is not None:
        _Process.provider.force_flush(_LONGEST_FLUSH_MS)


def is_tracing() -> bool:
    """Tell whether spans are made."""
    return _Process.tracer is not None


def current_traceparent() -> str | None:
    """Return the W3C traceparent of what is being done, None when it belongs to no trace."""
    return _current.get()


def well_formed(traceparent: str | None) -> str | None:
    """Return a traceparent of version 00, None for anything else."""
    return traceparent if traceparent and _TRACEPARENT.fullmatch(traceparent) else None


def begun(traceparent: str | None) -> str | None:
    """Return the trace of a request from outside: the one that it came with, else a new one.

    None when spans are made: then the first span begins the trace.
    """
    given = well_formed(traceparent)
    return given if given or is_tracing() else f"00-{token_hex(16)}-{token_hex(8)}-01"


def trace_id_of(traceparent: str) -> str:
    """Return the trace's id in it."""
    return traceparent[3:35]


@contextmanager
def traced(
    name: str, kind: SpanKind, traceparent: str | None, attributes: Attributes | None = None
) -> Iterator[Span | None]:
    """Do something as a part of the trace that it came with (or of a new one).

    Yields the span, None while no spans are made. An exception makes the span an error; its text
    is not recorded, since it may quote what a person wrote.
    """
    parent = well_formed(traceparent)
    if _Process.tracer is None:
        token = _current.set(parent)
        try:
            yield None
        finally:
            _current.reset(token)
        return
    span = _started(_Process.tracer, name, kind, parent, attributes)
    token = _current.set(_text_of(span.get_span_context()))
    try:
        yield span
    except BaseException as error:
        span.set_status(Status(StatusCode.ERROR, type(error).__name__))
        raise
    finally:
        _current.reset(token)
        span.end()


@contextmanager
def traced_together(
    name: str, kind: SpanKind, traceparents: Iterable[str | None], attributes: Attributes
) -> Iterator[None]:
    """Do something at once for several traces: each one gets a span of its own over it.

    An exception makes no spans, since it will be done again.
    """
    tracer = _Process.tracer
    if tracer is None:
        yield
        return
    began = time.time_ns()
    yield
    ended = time.time_ns()
    for parent in dict.fromkeys(filter(None, map(well_formed, traceparents))):
        _started(tracer, name, kind, parent, attributes, began).end(ended)


def _started(
    tracer: Tracer,
    name: str,
    kind: SpanKind,
    parent: str | None,
    attributes: Attributes | None,
    began: int | None = None,
) -> Span:
    around = set_span_in_context(NonRecordingSpan(_context_of(parent))) if parent else None
    return tracer.start_span(
        name, around, kind=kind, attributes=dict(attributes or {}), start_time=began
    )


def _context_of(traceparent: str) -> SpanContext:
    _, trace, span, flags = traceparent.split("-")
    return SpanContext(
        int(trace, 16), int(span, 16), is_remote=True, trace_flags=TraceFlags(int(flags, 16))
    )


def _text_of(context: SpanContext) -> str:
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"
