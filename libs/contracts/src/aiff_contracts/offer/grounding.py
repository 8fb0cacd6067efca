"""On which statement of a listing each of its comparisons rests.

A comparison that does not say itself how well it is known is known as well as the source of the
listing that it cites, or where it cites none, as those that support its place. What follows from a
typed fact is known as well as the sources of that fact. Where the sources of a fact disagree and
no curator chose, it is disputed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from aiff_contracts.offer.common import Source
from aiff_contracts.offer.content import OfferContent
from aiff_contracts.provenance import Confidence, bears_until
from aiff_contracts.rules import All, AnyOf, Cmp, Not, Rule

# What comes before is who says so; the page or the edition follows.
_WHO = re.compile(r"[,:;(\u2013\u2014]")

# Who says who may have an offer says for whom and for where it is.
_WHO_IT_IS_FOR = frozenset(("/audience", "/territories"))
_ELIGIBILITY = "/eligibility"


@dataclass(frozen=True, slots=True)
class Ground:
    """How well a statement is known, and on which day it was."""

    confidence: Confidence | None = None
    as_of: date | None = None
    source: str | None = None


def grounded(rule: Rule, offer: OfferContent, pointer: str) -> Rule:
    """Return a written rule whose comparisons say on what they rest; it stands at a pointer."""
    match rule:
        case Cmp():
            return _grounded(rule, offer, pointer)
        case Not(rule=inner):
            return Not(rule=grounded(inner, offer, f"{pointer}/rule"))
        case All(rules=rules):
            return All(rules=tuple(_each(rules, offer, pointer)))
        case AnyOf(rules=rules):
            return AnyOf(rules=tuple(_each(rules, offer, pointer)))


def ground_of(offer: OfferContent, pointer: str) -> Ground:
    """Return the best ground that a listing gives for one of its typed facts."""
    about = [source for source in offer.sources if _covers(source, pointer)]
    if not about:
        return Ground()
    best = max(about, key=_lasts)
    confidence = "disputed" if _is_disputed(offer, pointer) else best.confidence
    return Ground(confidence, best.as_of, best.label)


def on(leaf: Cmp, ground: Ground) -> Cmp:
    """Return a comparison that rests on a ground."""
    return replace(leaf, source=ground.source, confidence=ground.confidence, as_of=ground.as_of)


def _each(rules: Iterable[Rule], offer: OfferContent, pointer: str) -> Iterator[Rule]:
    for index, rule in enumerate(rules):
        yield grounded(rule, offer, f"{pointer}/rules/{index}")


def _grounded(leaf: Cmp, offer: OfferContent, pointer: str) -> Cmp:
    if leaf.source is None:
        found = ground_of(offer, pointer)
    else:
        meant = cited(leaf.source, offer.sources)
        found = Ground(meant.confidence, meant.as_of) if meant else Ground()
    return replace(
        leaf,
        source=leaf.source or found.source,
        confidence="disputed"
        if _is_disputed(offer, pointer)
        else leaf.confidence or found.confidence,
        as_of=leaf.as_of or found.as_of,
    )


def cited(said: str, sources: Iterable[Source]) -> Source | None:
    """Return the source that is meant: of the same words or address, else of the same author."""
    words, listed = _folded(said), list(sources)
    same = [s for s in listed if words in {_folded(s.label), _folded(s.url or "")}]
    near = [s for s in listed if _begins(words, _folded(s.label))]
    author = [s for s in listed if _who(words) == _who(_folded(s.label))]
    meant = same or near or author
    return max(meant, key=_lasts, default=None)


def _lasts(source: Source) -> date:
    return bears_until(source.confidence, source.as_of)


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _who(words: str) -> str:
    return _WHO.split(words, maxsplit=1)[0].strip()


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _covers(source: Source, pointer: str) -> bool:
    pointers = (pointer, _ELIGIBILITY) if pointer in _WHO_IT_IS_FOR else (pointer,)
    return not source.fields or any(
        _is_within(place, field) for place in pointers for field in source.fields
    )


def _is_disputed(offer: OfferContent, pointer: str) -> bool:
    """Tell whether several values are claimed for a fact, or what lies in it, and none chosen."""
    about = [claim for claim in offer.claims if _is_within(claim.field, pointer)]
    return len({claim.value for claim in about}) > 1 and not any(claim.chosen for claim in about)


def _is_within(pointer: str, outer: str) -> bool:
    return pointer == outer or pointer.startswith(f"{outer.rstrip('/')}/")
