"""A fault that passes."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class PassingFaultError(Exception):
    """What failed once."""


def fails_once(open_one: Callable[[], T]) -> Callable[[], T]:
    """Return what raises PassingFaultError at its first call and then does as it should."""
    faults = [PassingFaultError()]

    def opened() -> T:
        if faults:
            raise faults.pop()
        return open_one()

    return opened
