"""Revisions: who changed what, when and why, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any, Literal
from uuid import UUID

from aiff_catalog.offers.domain.pending import Comment
from aiff_contracts.offer import OfferContent

Action = Literal[
    "drafted",
    "revised",
    "restored",
    "discarded",
    "submitted",
    "recalled",
    "claimed",
    "released",
    "changes_requested",
    "rejected",
    "scheduled",
    "unscheduled",
    "published",
    "suspended",
    "expired",
    "archived",
    "merged",
    "absorbed",
    "reinstated",
    "organisation_changed",
]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs: its JSON pointer, and its value before and after."""

    pointer: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One change of an offer; its number is the version that it made.

    `content` is the whole text where this change wrote or published one, so that any former text
    can be read and restored.
    """

    offer_id: UUID
    number: int
    action: Action
    author: str
    at: datetime
    reason: str | None
    changes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()
    content: OfferContent | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication as the public may know it: when, and which fields changed since the last.

    `fields` are JSON pointers; none for the first text, and where the same text came back.
    """

    at: datetime
    fields: tuple[str, ...]


def publication_of(revision: Revision) -> Publication:
    """Return what the public may know of a revision that published: no value, author or reason.

    A list is one field, since its items move.
    """
    fields = dict.fromkeys(_down_to_lists(change.pointer) for change in revision.changes)
    return Publication(revision.at, tuple(fields))


def _down_to_lists(pointer: str) -> str:
    kept = takewhile(lambda part: not part.isdigit(), pointer.split("/"))
    return "/".join(kept)


def diff(before: Any, after: Any) -> tuple[Change, ...]:
    """Return the fields in which two JSON-like values differ, in document order.

    Objects are compared member by member and lists of equally many objects item by item; any
    other list is one value, because a reader understands two lists better than moved items.
    """
    return tuple(_differences("", before, after))


def _differences(pointer: str, before: Any, after: Any) -> Iterator[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _members(pointer, before, after)
    elif _comparable_lists(before, after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _differences(f"{pointer}/{index}", old, new)
    elif type(before) is not type(after) or before != after:
        yield Change(pointer, before, after)


def _members(pointer: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        place = f"{pointer}/{_escaped(name)}"
        if name in before and name in after:
            yield from _differences(place, before[name], after[name])
        else:
            yield Change(place, before.get(name), after.get(name))


def _comparable_lists(before: Any, after: Any) -> bool:
    if not isinstance(before, list) or not isinstance(after, list):
        return False
    objects = all(isinstance(item, Mapping) for item in (*before, *after))
    return len(before) == len(after) and objects


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
