"""What can be searched for, and what a search answers; no engine is named here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from aiff_catalog.search.domain.bounds import NO_BOUNDS, Bounds, Unstated
from aiff_kit.text import Question, Texts

Sort = Literal["relevance", "title", "-updated_at", "deadline"]
# Repeatable filters whose values are alternatives; each one can be counted as a facet too.
FilterName = Literal[
    "kind",
    "sector",
    "stage",
    "audience",
    "region",
    "status",
    "instrument",
    "dilution",
    "language",
    "provider",
    "gpu_model",
    "stack",
    "price_basis",
]
FILTERS: tuple[FilterName, ...] = get_args(FilterName)
# An offer that states "no restriction" passes whatever is asked of these.
UNRESTRICTED: frozenset[FilterName] = frozenset(("sector", "stage"))
ANY = "any"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Synonyms:
    """Groups of words and phrases that mean the same; told apart by identity, not by value."""

    groups: tuple[tuple[str, ...], ...] = ()


NO_SYNONYMS = Synonyms()
NOTHING_ASKED = Question()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """A checked search.

    `region` values are canonical territory codes; `gpu_model` values are in capitals and may
    name a family (`H100` finds `H100-SXM`). `synonyms` add to what is found by the words of the
    text and take nothing away. `question` is the text as the index reads it, with its own words;
    `vector` is its sentence vector, without which the words decide alone. Without `shows_close`
    only what is found is shown.
    """

    text: str = ""
    filters: Mapping[FilterName, tuple[str, ...]] = field(default_factory=dict)
    bounds: Bounds = NO_BOUNDS
    sort: Sort = "relevance"
    facets: tuple[FilterName, ...] = ()
    offset: int = 0
    limit: int = 20
    synonyms: Synonyms = NO_SYNONYMS
    question: Question | None = field(default=None, compare=False)
    vector: NDArray[np.float32] | None = field(default=None, compare=False)
    shows_close: bool = True

    def narrowed(self, without: FilterName | None) -> bool:
        """Tell whether a filter other than this one keeps offers out."""
        filtered = any(values and name != without for name, values in self.filters.items())
        return filtered or bool(self.bounds.ranges())


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many offers have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What was found: summaries in JSON with the derived status, and the total.

    What has too few of the words and too little of the meaning is close: it stands where its
    relevance puts it, marked in its summary, and is counted by `close` alone; `total` and
    `facets` count what is found by its words or by its meaning. Each facet is counted without its
    own filter, so that a reader sees what another choice would give. `approximate` tells that a
    word was taken for another one, as it is not known. `meaning` tells that sentence vectors took
    part. `degraded` tells that the index is out of reach and the database answered: found by
    plain text, without facets. `question` is what was looked for.
    """

    items: tuple[bytes, ...]
    total: int
    close: int = 0
    facets: Mapping[FilterName, tuple[FacetCount, ...]]
    approximate: bool = False
    degraded: bool = False
    meaning: bool = False
    question: Question = NOTHING_ASKED


def with_closeness(item: bytes, *, is_close: bool) -> bytes:
    """Return a summary in JSON that tells whether its offer is close only."""
    return b'%b,"close":%b}' % (item[:-1], b"true" if is_close else b"false")


SuggestionKind = Literal["provider", "gpu_model", "term", "offer"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that offers share: what a reader may be typing.

    `value` is what to search for: the slug of a provider, the model of a GPU, else the words.
    """

    kind: SuggestionKind
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """How a text that is being typed could go on; `fr` and `en` are what to show.

    `value` is what to use then: the slug of an offer or of a provider, the model of a GPU, or
    words to search for.
    """

    kind: SuggestionKind
    value: str
    fr: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """The best few ways to go on, best first.

    `approximate` tells that nothing begins as typed and what is a letter away was taken.
    `degraded` tells that the index is out of reach and the database answered: without names
    that only keywords hold, and without what is a letter away.
    """

    items: tuple[Suggestion, ...]
    approximate: bool = False
    degraded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One offer in one version as the index keeps it.

    `texts` are what a question is compared with. `called` are the single names that a reader may
    begin to type. `terms` are the
    filter values; `inside` lists every territory that contains one of the offer's; `gpu_names`
    are the model's name and its family's in capitals. `gpu_memory` is in GB per device, None
    where unknown. `amount` is how many euros can be had for certain, at most. `deadline` is when
    the next one ends, `ENDLESS` where applications are taken at any time. `unstated` is what the
    offer could say of these and does not. `vector` is its sentence vector (float32), None while
    it has none.
    """

    offer_id: UUID
    version: int
    texts: Texts
    called: tuple[Name, ...]
    terms: Mapping[FilterName, tuple[str, ...]]
    inside: tuple[str, ...]
    gpu_names: tuple[str, ...]
    gpu_memory: float | None
    amount: float | None
    unstated: tuple[Unstated, ...]
    title_order: str
    published_at: datetime
    updated_at: datetime
    deadline: datetime | None
    summary: bytes
    schedule: bytes
    vector: bytes | None = None
