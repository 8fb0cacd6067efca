"""Whether what the catalogue published has arrived where it is searched and matched."""

import json
import time
import urllib.error
import urllib.request
from typing import Any

_LOOKS = 4
_PAUSE_SECONDS = 0.15


def await_arrival(url: str, seconds: float = 60) -> bool:
    """Wait until search and matching know the same offers and no more of them come.

    Events arrive in few large batches: four looks in a row that agree mean that all arrived.
    Returns False when that takes too long.
    """
    deadline = time.monotonic() + seconds
    agreed: list[int] = []
    while time.monotonic() < deadline:
        found, matched = _searchable(url), _matched(url)
        steady = found == matched and found > 0 and all(count == found for count in agreed)
        agreed = [*agreed, found] if steady else []
        if len(agreed) == _LOOKS:
            return True
        time.sleep(_PAUSE_SECONDS)
    return False


def _searchable(url: str) -> int:
    answer = _ask(f"{url}/v1/offers?limit=1&count=true")
    # While the index is not there yet the database answers, which tells nothing of its arrival.
    return int(answer["count"]) if answer and not answer["degraded"] else 0


def _matched(url: str) -> int:
    answer = _ask(f"{url}/v1/matches", {"limit": 1})
    if not answer:
        return 0
    # What matching hides from this asker has arrived all the same.
    hidden: int = sum(each["count"] for each in answer["hidden"])
    return hidden + int(sum(answer["counts"].values()))


def _ask(address: str, body: object = None) -> Any:
    """Return the JSON answer, None while a service is not ready to give one."""
    raw = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(  # noqa: S310  Loopback only.
        address, raw, {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  Loopback only.
            return json.loads(answer.read())
    except (urllib.error.URLError, OSError):
        return None
