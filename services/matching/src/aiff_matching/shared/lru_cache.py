"""Results that are kept for as long as what they were worked out from."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")
_MOST = 64


class LruCache(Generic[V]):
    """The results of the last keys that were asked for; threads share it."""

    def __init__(self, most: int = _MOST) -> None:
        """Begin empty; the key that was asked for longest ago goes first."""
        self._most = most
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return the result of a key; two threads may both make a new one, which are equal."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
