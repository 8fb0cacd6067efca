"""How a process is watched: logs, metrics, traces, liveness."""

from aiff_kit.observability.faults import described, kind_of, quotable
from aiff_kit.observability.heartbeat import Heartbeat
from aiff_kit.observability.http_times import HTTP_TIMES, HttpTimes
from aiff_kit.observability.left_out import LeftOut
from aiff_kit.observability.logs import configure_logging
from aiff_kit.observability.operations import Check, health_page
from aiff_kit.observability.sampler import Figure, Sampler
from aiff_kit.observability.telemetry import health_pages, watch
from aiff_kit.observability.tracing import (
    begun,
    current_traceparent,
    flush_traces,
    traced,
    traced_together,
)

__all__ = [
    "HTTP_TIMES",
    "Check",
    "Figure",
    "Heartbeat",
    "HttpTimes",
    "LeftOut",
    "Sampler",
    "begun",
    "configure_logging",
    "current_traceparent",
    "described",
    "flush_traces",
    "health_page",
    "health_pages",
    "kind_of",
    "quotable",
    "traced",
    "traced_together",
    "watch",
]
