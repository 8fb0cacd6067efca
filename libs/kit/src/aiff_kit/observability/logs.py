"""Structured logs: one JSON object a line, with the request id and no personal data."""

import logging
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from aiff_kit.observability.faults import described
from aiff_kit.observability.tracing import current_traceparent, trace_id_of

_OURS = "aiff_"


def configure_logging(service: str, level: str = "INFO") -> None:
    """Send all logs of the process, also those of libraries, to standard error as JSON.

    Libraries speak from INFO on whatever the level is: below it they print what they transport.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        _named(service),
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_exception,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_speaks)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # It says at each look at the schema, so at each readiness probe, with which engine it speaks.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=True,
    )


def _speaks(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.INFO or record.name.startswith(_OURS)


def _named(service: str) -> Processor:
    """Name the service, and the trace that leads to the other services' lines."""

    def add(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["service"] = service
        traceparent = current_traceparent()
        if traceparent is not None:
            event["trace_id"] = trace_id_of(traceparent)
        return event

    return add


def _with_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Describe an exception without the values that its text would quote."""
    error: Any = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["exception"] = described(error)
    return event
