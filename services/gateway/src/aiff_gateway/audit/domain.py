"""Entries of the audit log, chained so that no change of any of them stays unseen.

Each entry carries the digest of the one before it (a hash chain, as in RFC 6962's idea of an
append-only log, without the tree: the whole log is read to verify it). Changing, removing or
putting in an entry breaks the chain there; cutting the end off is seen by whoever noted the head.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiff_gateway.shared.networks import network_of

Fact = str | int | bool | None

# What the first entry carries in place of a digest before it.
NOTHING_BEFORE = "0" * 64
_KIND = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)+")
_MOST_FACTS = 20
_LONGEST_FACT = 300
_KEPT_BITS = {4: 24, 6: 48}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One decision: who did what to whom, when, from where, in which request.

    `kind` is what happened (`session.refused`, `key.made`); `actor` and `subject` are ids of
    people, keys or objects, never addresses; `organisation` and `acting_for` are slugs or ids.
    `address` is the caller's network address, which is kept truncated. A request id that is not
    given is that of the request which is being answered. `facts` are a few short values.

    Raises ValueError for what does not belong into a log that nobody can correct.
    """

    kind: str
    at: datetime
    actor: str | None
    subject: str | None = None
    organisation: str | None = None
    acting_for: str | None = None
    address: str | None = None
    request_id: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse e-mail addresses and what is too long: the log cannot be cleaned later."""
        if _KIND.fullmatch(self.kind) is None:
            raise ValueError(f"{self.kind!r} is no kind of entry, such as key.made")
        if len(self.facts) > _MOST_FACTS:
            raise ValueError(f"an entry has at most {_MOST_FACTS} facts")
        texts = [value for value in self.facts.values() if isinstance(value, str)]
        texts += [one for one in (self.actor, self.subject, self.organisation) if one]
        if any("@" in text for text in texts):
            raise ValueError("an entry names people by id, never by e-mail address")
        if any(len(text) > _LONGEST_FACT for text in texts):
            raise ValueError(f"a fact has at most {_LONGEST_FACT} characters")


@dataclass(frozen=True, slots=True)
class ChainedEntry:
    """An entry at its place: positions count from 1 without gaps."""

    position: int
    entry: Entry
    previous: str
    digest: str

    @property
    def holds(self) -> bool:
        """Tell whether the digest is that of this entry after the one that it names."""
        return self.digest == _digest(self.position, self.entry, self.previous)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log: noted elsewhere, it shows later that nothing before it changed."""

    position: int
    digest: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place at which the chain does not hold, and how."""

    position: int
    reason: str


EMPTY = Head(0, NOTHING_BEFORE)


def chained(entry: Entry, head: Head) -> ChainedEntry:
    """Return an entry as the one after `head`."""
    position = head.position + 1
    return ChainedEntry(position, entry, head.digest, _digest(position, entry, head.digest))


def verified(entries: Iterable[ChainedEntry], noted: Head | None = None) -> Head | Broken:
    """Return the head of an intact log, or the first place where it is broken.

    `entries` are all of them in order; `noted` is a head that was noted earlier.
    """
    head = EMPTY
    for one in entries:
        reason = _fault(one, head, noted)
        if reason is not None:
            return Broken(min(one.position, head.position + 1), reason)
        head = Head(one.position, one.digest)
    if noted is not None and head.position < noted.position:
        return Broken(head.position + 1, "the end of the log is missing")
    return head


def _fault(one: ChainedEntry, head: Head, noted: Head | None) -> str | None:
    if one.position != head.position + 1:
        return "an entry is missing here"
    if one.previous != head.digest:
        return "it does not follow from the entry before it"
    if not one.holds:
        return "its content was changed"
    if noted is not None and one.position == noted.position and one.digest != noted.digest:
        return "it is another entry than the one that was noted"
    return None


def truncated(address: str | None) -> str | None:
    """Return the network that an address belongs to (/24 or /48), None where it is none.

    This is what data protection authorities count as shortened: enough to see where attempts
    come from, not who made them.
    """
    return network_of(address or "", _KEPT_BITS)


def _digest(position: int, entry: Entry, previous: str) -> str:
    """Return the SHA-256, in hexadecimal, of the digest before and the entry's canonical JSON."""
    stated = {
        "position": position,
        "kind": entry.kind,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "subject": entry.subject,
        "organisation": entry.organisation,
        "acting_for": entry.acting_for,
        "address": entry.address,
        "request_id": entry.request_id,
        "facts": dict(entry.facts),
    }
    text = json.dumps(stated, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
