"""The broker away, in every way that the product can meet."""

import sqlite3
from contextlib import contextmanager


@contextmanager
def locked_log(running):
    """Nobody can append to the embedded log, as on a disk that does not take writes."""
    log = sqlite3.connect(running.product.data_dir / "events.db", isolation_level=None)
    log.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        log.rollback()
        log.close()


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
