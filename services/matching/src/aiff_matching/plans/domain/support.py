"""Support of an offer as observable facts, held against what is wished for."""

from collections.abc import Iterator
from dataclasses import dataclass

from aiff_contracts.labels import SUPPORT
from aiff_contracts.offer import SupportQuality, Text
from aiff_matching.profiles.domain.need import SupportWishes
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between

_QUICK_REPLY_HOURS = 24


@dataclass(frozen=True, slots=True)
class SupportFact:
    """One fact: what is published (None: nothing), whether it is wished for, whether it is good.

    `good` is against the wish where there is one, else against the usual reading: French or
    English spoken, a reply within a day, some engineer hours, and yes for the others.
    """

    name: str
    label: Text
    value: object
    wished: bool
    good: Truth


def facts(support: SupportQuality | None, wishes: SupportWishes) -> tuple[SupportFact, ...]:
    """Return all facts in a fixed order; an offer that states nothing is unknown in each."""
    quality = support or SupportQuality()
    return tuple(
        SupportFact(name, text(*SUPPORT[name]), getattr(quality, name), wished, good)
        for name, wished, good in _judged(quality, wishes)
    )


def shortfall(facts: tuple[SupportFact, ...]) -> Between:
    """Return how many facts are not good, of those wished for or else of all."""
    wished = [fact for fact in facts if fact.wished]
    counted = wished or list(facts)
    missing = sum(fact.good is Truth.FALSE for fact in counted)
    unknown = sum(fact.good is Truth.UNKNOWN for fact in counted)
    return Between(missing, missing + unknown)


def _judged(support: SupportQuality, wishes: SupportWishes) -> Iterator[tuple[str, bool, Truth]]:
    spoken = wishes.languages or ("fr", "en")
    languages = None if support.languages is None else set(support.languages)
    heard = languages is not None and (
        languages.issuperset(spoken) if wishes.languages else not languages.isdisjoint(spoken)
    )
    yield "languages", bool(wishes.languages), _known(languages, good=heard)
    yield "channels", False, _known(support.channels, good=bool(support.channels))
    reply, limit = support.first_reply_hours, wishes.first_reply_hours
    most = _QUICK_REPLY_HOURS if limit is None else limit
    quick = reply is not None and reply <= most
    yield "first_reply_hours", limit is not None, _known(reply, good=quick)
    hours, least = support.engineer_hours_included, wishes.engineer_hours
    enough = hours is not None and (hours >= least if least else hours > 0)
    yield "engineer_hours_included", least is not None, _known(hours, good=enough)
    for name in ("named_advisor", "application_help", "training_sessions"):
        value = getattr(support, name)
        yield name, getattr(wishes, name), _known(value, good=bool(value))


def _known(value: object, *, good: bool) -> Truth:
    if value is None:
        return Truth.UNKNOWN
    return Truth.TRUE if good else Truth.FALSE
