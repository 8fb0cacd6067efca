"""What can go wrong between a program and the API."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class ApiError(Exception):
    """Base of all that this client raises when a call does not give what was asked for."""


class UnreachableError(ApiError):
    """Nobody answered, or the answer was cut off, as often as it was tried.

    Whether the call had an effect is unknown where it was sent; calls that are harmless to repeat
    were repeated.
    """


class NotModifiedError(ApiError):
    """What was asked for is still what the given ETag stands for (304)."""


class UnexpectedAnswerError(ApiError):
    """The answer is not of a form that this client was made for."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a request: where it is (a JSON pointer or a parameter), its code, in words."""

    pointer: str
    code: str
    detail: str


class ProblemError(ApiError):
    """The API refused (RFC 9457).

    `kind` is the stable name of the kind of problem, the last part of the address `type`. `faults`
    are all faults of the request at once. `request_id` is what to name when asking for help.
    `members` holds everything that was said, also what only some kinds have.
    """

    def __init__(self, status: int, members: Mapping[str, Any], request_id: str | None) -> None:
        """Read what an answer with an error status says."""
        self.status = status
        self.members = dict(members)
        self.type = str(members.get("type") or "about:blank")
        self.kind = self.type.rstrip("/").rpartition("/")[2]
        self.title = str(members.get("title") or f"HTTP {status}")
        self.detail = str(members.get("detail") or "")
        self.request_id = members.get("request_id") or request_id
        self.faults = tuple(_faults(members.get("errors")))
        super().__init__(f"{status} {self.title}: {self.detail}" if self.detail else self.title)


def problem(status: int, body: bytes, request_id: str | None) -> ProblemError:
    """Return the problem that a body tells; one that tells none still has its status."""
    try:
        members = json.loads(body)
    except ValueError:
        members = {}
    return ProblemError(status, members if isinstance(members, dict) else {}, request_id)


def _faults(told: Any) -> list[Fault]:
    items = told if isinstance(told, list) else []
    return [
        Fault(*(str(one.get(name, "")) for name in ("pointer", "code", "detail")))
        for one in items
        if isinstance(one, dict)
    ]
