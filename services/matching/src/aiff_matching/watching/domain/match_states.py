"""How an offer stands for a stored need, and which change of it is worth telling.

A match state is compact and depends on the offer, the need, the profile and the instant alone. An
offer that is left out of the answer, or that is refused, has none: most offers have none for most
needs. What is told is always the difference between two match states, so the same news twice, or a
change that is taken back, is no difference.
"""

import hashlib
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from aiff_contracts.offer import ComputeDetails, IntakeStatus, OfferDocument
from aiff_matching.rules.domain.verdicts import VERDICTS, Verdict

Minimum = Literal["eligible", "to_confirm", "unknown"]
AlertKind = Literal[
    "new_match",
    "opened",
    "verdict_changed",
    "option_added",
    "closing_soon",
    "opens_soon",
    "entered_top",
    "terms_changed",
    "closed",
    "lost",
]
# In the order of their worth for a founder: the first that holds names a change.
ALERT_KINDS: tuple[AlertKind, ...] = AlertKind.__args__  # type: ignore[attr-defined]
# A closing or cut-off is announced from this long before it.
CLOSING_SOON = timedelta(days=14)
_TERMS_DIGITS = 16
# That somebody looked again is no news.
_ABOUT_THE_LOOK = frozenset(("checked_at",))


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchState:
    """What is remembered of one offer for one need.

    `options` are the access modes that can be had; `closing` is the instant of the next closing
    once it is near; `terms` tells one text of the conditions from another; `top` says whether the
    offer is among the first of the answer, None until that was judged.
    """

    verdict: Verdict
    if_open: Verdict
    status: IntakeStatus
    options: tuple[str, ...] = ()
    closing: str | None = None
    terms: str = ""
    top: bool | None = None

    def marked(self, *, top: bool | None) -> "MatchState":
        """Return the state with the mark of the first offers set or not."""
        return self if self.top == top else replace(self, top=top)


def terms_of(offer: OfferDocument) -> str:
    """Return a digest of what a founder would have to know again: prices, conditions, dates.

    When availability was observed, and by whom, is no change; its state is one.
    """
    details: Any = offer.details
    seen: list[str] = []
    if isinstance(details, ComputeDetails):
        seen = sorted(f"{fact.region} {fact.state}" for fact in details.availability)
        details = replace(details, availability=())
    stated = (offer.pricing, details, offer.eligibility, offer.intake, seen)
    return hashlib.sha256(repr(_stated(stated)).encode()).hexdigest()[:_TERMS_DIGITS]


def _stated(value: Any) -> object:
    """Return what is stated, without what has its default: a new optional field is no change."""
    if isinstance(value, tuple | list):
        return [_stated(item) for item in value]
    if not is_dataclass(value):
        return str(value)
    named = [(part.name, getattr(value, part.name), part.default) for part in fields(value)]
    told = [(name, _stated(own)) for name, own, default in named if own != default]
    return [entry for entry in told if entry[0] not in _ABOUT_THE_LOOK]


def change(before: MatchState | None, now: MatchState | None, minimum: Minimum) -> AlertKind | None:
    """Return what is worth telling about a change, None where nothing is.

    An offer below the smallest verdict that is asked for counts as none; so does a closed one
    that nobody has been told of.
    """
    was, is_now = _wanted(before, minimum), _wanted(now, minimum)
    if was is None and is_now is None:
        return None
    if is_now is None:
        return "lost" if was is not None and was.verdict != "closed" else None
    if was is None:
        return "new_match" if is_now.verdict != "closed" else None
    return _between(was, is_now)


def same_match(before: MatchState | None, now: MatchState | None) -> bool:
    """Tell whether nothing changed but the terms, so that the order of the answer hardly moves."""
    if before is None or now is None:
        return before is now
    return replace(before, terms="", top=None) == replace(now, terms="", top=None)


def _wanted(state: MatchState | None, minimum: Minimum) -> MatchState | None:
    if state is None or VERDICTS.index(state.if_open) > VERDICTS.index(minimum):
        return None
    return state


def _between(was: MatchState, now: MatchState) -> AlertKind | None:
    if now.verdict == "closed":
        return "closed" if was.verdict != "closed" else None
    if now.status != was.status and now.status in {"open", "opens_soon"}:
        return "opened" if now.status == "open" else "opens_soon"
    holds: dict[AlertKind, bool] = {
        "verdict_changed": now.if_open != was.if_open,
        "option_added": not set(now.options) <= set(was.options),
        "closing_soon": now.closing is not None and now.closing != was.closing,
        "entered_top": now.top is True and was.top is False,
        "terms_changed": now.terms != was.terms,
    }
    return next((kind for kind, held in holds.items() if held), None)
