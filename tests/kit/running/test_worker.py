import threading
import time
from collections import Counter

import pytest
from prometheus_client import REGISTRY

from aiff_kit.observability import Heartbeat
from aiff_kit.observability.heartbeat import StuckError
from aiff_kit.service.worker import StepFailingError, Worker


class Loops:
    """A worker's loops in threads, for the time of a block."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        items = worker._steps.items()
        self.threads = [threading.Thread(target=worker._loop, args=item) for item in items]

    def __enter__(self):
        for thread in self.threads:
            thread.start()

    def __exit__(self, *_):
        self.worker.stop()
        for thread in self.threads:
            thread.join()


def await_that(condition, seconds=10):
    limit = time.monotonic() + seconds
    while not condition() and time.monotonic() < limit:
        time.sleep(0.01)
    assert condition()


def test_a_failing_step_is_tried_again_and_does_not_stop_the_others():
    done, failures = [], []

    def steady():
        done.append(1)
        return 0

    def failing():
        failures.append(1)
        raise OSError("away")

    worker = Worker({"steady": steady, "failing": failing})
    with Loops(worker):
        await_that(lambda: len(failures) >= 2 and len(done) >= 5)
    assert REGISTRY.get_sample_value("aiff_worker_step_failures_total", {"step": "failing"}) >= 2


def test_a_quiet_step_looks_seldom_and_one_that_others_wait_for_often():
    looks = Counter()

    def looking(name):
        def step():
            looks[name] += 1
            return 0

        return step

    worker = Worker({name: looking(name) for name in ("relay", "patient")}, prompt=("relay",))
    with Loops(worker):
        await_that(lambda: looks["relay"] >= 30)
    assert 0 < looks["patient"] * 2 < looks["relay"]


def test_a_worker_whose_step_fails_moves_and_is_not_ready():
    failing = threading.Event()

    def step():
        if failing.is_set():
            raise OSError("away")
        return 0

    heartbeat = Heartbeat()
    worker = Worker({"relay": step}, heartbeat)
    with pytest.raises(StepFailingError, match="relay"):
        worker.check()
    with Loops(worker):
        await_that(lambda: worker._well["relay"])
        worker.check()
        failing.set()
        await_that(lambda: not worker._well["relay"])
        heartbeat.check()
        failing.clear()
        await_that(lambda: worker._well["relay"])
        worker.check()


def test_a_step_that_does_not_return_makes_its_worker_stuck():
    now = [0.0]
    heartbeat = Heartbeat(60, lambda: now[0])
    free, entered = threading.Event(), threading.Event()

    def hanging():
        entered.set()
        free.wait()
        return 0

    worker = Worker({"steady": lambda: 0, "hanging": hanging}, heartbeat)
    with Loops(worker):
        await_that(entered.is_set)
        now[0] = 59.0
        heartbeat.check()
        now[0] = 61.0
        await_that(lambda: heartbeat._beats["steady"] == 61.0)
        with pytest.raises(StuckError, match=r"do not move: hanging$"):
            heartbeat.check()
        free.set()
        await_that(lambda: heartbeat._beats["hanging"] == 61.0)
        heartbeat.check()


def test_long_work_that_shows_that_it_goes_on_is_not_stuck():
    now = [0.0]
    heartbeat = Heartbeat(60, lambda: now[0])
    for second in range(0, 600, 50):
        now[0] = float(second)
        heartbeat.beat("start")
        heartbeat.check()
    heartbeat.end("start")
    now[0] = 10_000.0
    heartbeat.check()
