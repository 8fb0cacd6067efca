"""Figures that must be asked for (how far behind, how many waiting), measured now and then.

A scrape never waits for a database or a bus. What cannot be measured is not a number (NaN), never
zero: no alert on the figure fires or resolves by it, and the failure is counted.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Self

import structlog
from prometheus_client import Counter, Gauge

PERIOD_SECONDS = 10.0

FAILURES = Counter(
    "aiff_measurement_failures",
    "Measurements that failed; their figures are unknown meanwhile.",
    ("figure",),
)

_log = structlog.get_logger(__name__)


class Figure:
    """A gauge, perhaps with one label, and how its values are measured.

    `measure` returns the value of each label value that is known now; a gauge without labels has
    the one key "".
    """

    def __init__(self, gauge: Gauge, measure: Callable[[], Mapping[str, float]]) -> None:
        """Keep both."""
        self._gauge = gauge
        self._measure = measure
        self._known: set[str] = set()

    def renew(self) -> None:
        """Measure and show; what was known before and is no longer found is gone: zero."""
        try:
            values = self._measure()
        except Exception:
            for label in self._known:
                self._set(label, float("nan"))
            raise
        for label in self._known - values.keys():
            self._set(label, 0.0)
        for label, value in values.items():
            self._set(label, value)
        self._known |= values.keys()

    def _set(self, label: str, value: float) -> None:
        (self._gauge.labels(label) if label else self._gauge).set(value)


class Sampler:
    """Renews figures in a thread of its own: `with Sampler({...}):`."""

    def __init__(self, figures: Mapping[str, Figure], period: float = PERIOD_SECONDS) -> None:
        """Keep the figures by the name under which a failure is counted; `period` in seconds."""
        self._figures = dict(figures)
        self._period = period
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sampler", daemon=True)
        for name in figures:
            FAILURES.labels(name)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End after the present measurement; one that hangs does not hold up the end."""
        self._stopping.set()
        self._thread.join(timeout=5)

    def renew(self) -> None:
        """Measure every figure once; one that fails does not keep the others from it."""
        for name, figure in self._figures.items():
            try:
                figure.renew()
            except Exception as error:  # noqa: BLE001  Whatever fails is counted and asked again.
                FAILURES.labels(name).inc()
                _log.warning("figure unknown", figure=name, error=type(error).__name__)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.renew()
            self._stopping.wait(self._period)
