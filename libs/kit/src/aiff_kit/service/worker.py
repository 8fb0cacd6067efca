"""Loops that run beside each other until the process is told to stop."""

import signal
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import structlog
from prometheus_client import Counter, Gauge, Histogram

from aiff_kit.observability import (
    Check,
    Figure,
    Heartbeat,
    Sampler,
    flush_traces,
    health_pages,
    watch,
)
from aiff_kit.settings import RuntimeSettings

# A step does a little work and returns how much it did; nothing done means a short rest.
Step = Callable[[], int]
# What a worker's heartbeat calls the time in which its steps are opened.
STARTING = "start"
# Between two looks that found nothing: soon again at first, seldom when it stays quiet. Each look
# costs a transaction. Somebody waits for what the bus carries, so those steps rest a tenth of that.
_FIRST_REST = 0.02
_LONGEST_REST = 1.0
_PROMPT_REST = 0.1
_FIRST_BACKOFF = 0.2
_LONGEST_BACKOFF = 5.0

_BOUNDS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_SECONDS = Histogram(
    "aiff_worker_step_duration_seconds",
    "Seconds of a step that did something, the wait for it included.",
    ("step",),
    buckets=_BOUNDS,
)
_SUCCEEDED = Gauge(
    "aiff_worker_step_last_success_timestamp_seconds",
    "When the step last ended without a fault, done or nothing to do.",
    ("step",),
)
_FAILED = Counter("aiff_worker_step_failures", "Steps that ended with a fault.", ("step",))

_log = structlog.get_logger(__name__)


class StepFailingError(Exception):
    """A step has not succeeded since its last fault, or not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a worker process does and what is measured of it.

    `steps` opens the steps, which may take long: it beats STARTING on the heartbeat meanwhile.
    `prompt` names those for which somebody waits. `ready` is asked for its readiness, together
    with the steps.
    """

    steps: Callable[[Heartbeat], Mapping[str, Step]]
    prompt: Collection[str]
    figures: Mapping[str, Figure]
    ready: Mapping[str, Check]


def run_worker(name: str, settings: RuntimeSettings, work: Work) -> None:
    """Be watched, open the steps and work until SIGTERM or SIGINT."""
    heartbeat = Heartbeat()
    heartbeat.beat(STARTING)
    opened: list[Worker] = []

    def steps_succeed() -> None:
        if not opened:
            raise StepFailingError("the steps are being opened")
        opened[0].check()

    ready = {**work.ready, "steps": steps_succeed}
    watch(name, settings, health_pages({"loops": heartbeat.check}, ready))
    opened.append(Worker(work.steps(heartbeat), heartbeat, work.prompt))
    heartbeat.end(STARTING)
    with Sampler(work.figures):
        opened[0].run()
    flush_traces()


class Worker:
    """Runs named steps, each in its own thread, again and again.

    A step that fails is logged and tried again with growing pauses; the others go on.
    """

    def __init__(
        self,
        steps: Mapping[str, Step],
        heartbeat: Heartbeat | None = None,
        prompt: Collection[str] = (),
    ) -> None:
        """Keep the steps by name, where they show that they move, and which rest less."""
        self._steps = dict(steps)
        self._prompt = frozenset(prompt)
        self._heartbeat = heartbeat or Heartbeat()
        self._stopping = threading.Event()
        self._well = dict.fromkeys(steps, False)
        for name in steps:
            _FAILED.labels(name)

    def run(self) -> None:
        """Work until SIGTERM or SIGINT, then let each step finish what it is doing."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        threads = [
            threading.Thread(target=self._loop, args=(name, step), name=name)
            for name, step in self._steps.items()
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def stop(self) -> None:
        """Ask every loop to end after its current step."""
        self._stopping.set()

    def check(self) -> None:
        """Raise StepFailingError while a step has not succeeded since its last fault."""
        failing = [name for name, well in self._well.items() if not well]
        if failing:
            raise StepFailingError(f"these steps do not succeed: {', '.join(failing)}")

    def _loop(self, name: str, step: Step) -> None:
        backoff, rest = _FIRST_BACKOFF, _FIRST_REST
        longest = _PROMPT_REST if name in self._prompt else _LONGEST_REST
        while not self._stopping.is_set():
            self._heartbeat.beat(name)
            try:
                done = self._measured(name, step)
            except Exception:  # noqa: BLE001  Whatever fails is logged and tried again.
                self._well[name] = False
                _FAILED.labels(name).inc()
                _log.exception("step failed", step=name, retry_in_seconds=backoff)
                self._stopping.wait(backoff)
                backoff = min(backoff * 2, _LONGEST_BACKOFF)
                continue
            backoff = _FIRST_BACKOFF
            if done:
                rest = _FIRST_REST
            else:
                self._stopping.wait(rest)
                rest = min(rest * 2, longest)
        self._heartbeat.end(name)

    def _measured(self, name: str, step: Step) -> int:
        began = time.perf_counter()
        done = step()
        if done:
            _SECONDS.labels(name).observe(time.perf_counter() - began)
        _SUCCEEDED.labels(name).set_to_current_time()
        self._well[name] = True
        return done
