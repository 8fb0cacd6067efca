"""A programme's application: its questions, its documents, where they were read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer import Text
from aiff_contracts.offer.common import Slug, Url, checked_slug, checked_url
from aiff_contracts.provenance import Confidence
from aiff_matching.dossiers.domain.question import Key, ProgrammeQuestion, Requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSource(Strict):
    """Where it is written what a programme asks.

    `checked_on` is the day on which the source, or a copy of it, was read last; `as_of` the day of
    which it speaks, where it says so.
    """

    id: Key
    label: Text
    url: Url
    checked_on: date
    as_of: date | None = None
    confidence: Confidence

    def __post_init__(self) -> None:
        """Refuse a relative address."""
        checked_url(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredDocument(Strict):
    """A document that goes with the application, and what it is for."""

    id: Key
    name: Text
    purpose: Text
    required: Requirement = "unknown"
    source: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToApply(Strict):
    """Where the application is made and when it is taken, in words, from a source."""

    url: Url
    how: Text
    when: Text
    source: Key

    def __post_init__(self) -> None:
        """Refuse a relative address."""
        checked_url(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Strict):
    """What one programme asks. `offers` are the slugs of the listings that lead to it.

    Questions stand in the order of the form. What no source tells is not here.
    """

    slug: Slug
    name: Text
    offers: Annotated[tuple[Slug, ...], MaxLen(20)] = ()
    apply: WayToApply
    sources: Annotated[tuple[FormSource, ...], MinLen(1), MaxLen(20)]
    questions: Annotated[tuple[ProgrammeQuestion, ...], MinLen(1), MaxLen(100)]
    documents: Annotated[tuple[RequiredDocument, ...], MaxLen(40)] = ()

    def __post_init__(self) -> None:
        """Refuse what is named twice, a source that is not listed, and one that nothing uses."""
        for slug in (self.slug, *self.offers):
            checked_slug(slug)
        for named in (self.sources, self.questions, self.documents):
            _refuse_twins(one.id for one in named)
        listed, used = {source.id for source in self.sources}, set(self._used())
        if used != listed:
            amiss = ", ".join(sorted(used ^ listed))
            message = f"sources that are named and not listed, or listed and not named: {amiss}"
            raise ValueError(message)

    def source(self, key: str) -> FormSource:
        """Return a source of the programme."""
        return next(source for source in self.sources if source.id == key)

    def _used(self) -> Iterator[str]:
        yield self.apply.source
        yield from (question.source for question in self.questions)
        yield from (document.source for document in self.documents)


def _refuse_twins(names: Iterable[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        message = f"named twice: {', '.join(twice)}"
        raise ValueError(message)
