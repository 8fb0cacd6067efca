"""The broker away, in every way that the product can meet."""

from contextlib import contextmanager

from tests.faults.running import written_by_nobody


@contextmanager
def locked_log(running):
    """Nobody can append to the embedded log, as on a disk that does not take writes."""
    with written_by_nobody(running.product.data_dir / "events.db", seconds=5):
        yield


@contextmanager
def killed_broker(running):
    running.engines["kafka"].kill()
    yield
    running.engines["kafka"].start()


@contextmanager
def frozen_broker(running):
    running.engines["kafka"].pause()
    yield
    running.engines["kafka"].resume()


@contextmanager
def cut_network(running):
    running.proxies["kafka"].cut()
    yield
    running.proxies["kafka"].forward()


@contextmanager
def hanging_network(running):
    running.proxies["kafka"].hang()
    yield
    running.proxies["kafka"].forward()
