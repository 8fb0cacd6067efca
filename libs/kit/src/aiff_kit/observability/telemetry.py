"""What a process opens at its start to be watched: logs, traces, the operations port."""

import sys
from collections.abc import Mapping

from aiff_kit.observability.logs import configure_logging
from aiff_kit.observability.operations import (
    CannotListenError,
    Check,
    OperationsServer,
    Page,
    Pages,
    health_page,
    metrics_page,
)
from aiff_kit.observability.tracing import configure_tracing
from aiff_kit.settings import RuntimeSettings

METRICS = "/metrics"


def watch(service: str, settings: RuntimeSettings, pages: Pages | None = None) -> None:
    """Configure logs and traces, and serve metrics and further pages when a port is set.

    Ends the process with one line when the port cannot be had.
    """
    configure_logging(service, settings.log_level)
    configure_tracing(service, settings.otlp_endpoint)
    if settings.operations_port is None:
        return
    try:
        OperationsServer(
            settings.operations_host,
            settings.operations_port,
            {METRICS: metrics_page, **(pages or {})},
        )
    except CannotListenError as error:
        where = f"{settings.operations_host}:{settings.operations_port}"
        sys.exit(f"cannot start: AIFF_OPERATIONS_PORT: {where} cannot be listened on ({error})")


def health_pages(alive: Mapping[str, Check], ready: Mapping[str, Check]) -> Pages:
    """Return liveness and readiness of a process whose work is not HTTP."""

    def live() -> Page:
        return health_page("alive", "stuck", alive)

    def able() -> Page:
        return health_page("ready", "not ready", ready)

    return {"/health/live": live, "/health/ready": able}
