"""What can be searched for, and what a search answers; no engine is named here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """A checked search. `gpu_memory_min` is in GB per device, as a job sees it.

    `region` values are canonical territory codes; `gpu_model` values are in capitals and may
    name a family (`H100` finds `H100-SXM`). `synonyms` add to what is found by the words of the
    text and take nothing away. `vector` is the sentence vector of the text; without
    one, the words decide alone.
    """

    text: str = ""
    filters: Mapping[FilterName, tuple[str, ...]] = field(default_factory=dict)
    gpu_memory_min: float | None = None
    sort: Sort = "relevance"
    facets: tuple[FilterName, ...] = ()
    offset: int = 0
    limit: int = 20
    synonyms: Synonyms = NO_SYNONYMS
    vector: NDArray[np.float32] | None = field(default=None, compare=False)

    def narrowed(self, without: FilterName | None) -> bool:
        """Tell whether a filter other than this one keeps offers out."""
        filtered = any(values and name != without for name, values in self.filters.items())
        return filtered or self.gpu_memory_min is not None


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many offers have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What was found: summaries in JSON with the derived status, and the total.

    Each facet is counted without its own filter, so that a reader sees what another choice
    would give. `approximate` tells that nothing matched the words as written and similar ones
    were taken. `meaning` tells that sentence vectors took part: `total` and `facets` count what is
    found by its words or by its meaning. `degraded` tells that the index is out of reach and the
    database answered: found by plain text, in the order of titles, without facets.
    """

    items: tuple[bytes, ...]
    total: int
    facets: Mapping[FilterName, tuple[FacetCount, ...]]
    approximate: bool = False
    degraded: bool = False
    meaning: bool = False


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

    `texts` are analysed in their language (`fr`, `en`), keyed by field (`title`, `summary`,
    `description`) and language. `names` are matched word by word as they stand and weigh most;
    `called` are the single names among them that a reader may begin to type. `terms` are the
    filter values; `inside` lists every territory that contains one of the offer's; `gpu_names`
    are the model's name and its family's in capitals. `gpu_memory` is in GB per device, None
    where unknown. `vector` is its sentence vector (float32), None while it has none.
    """

    offer_id: UUID
    version: int
    texts: Mapping[tuple[str, str], str]
    names: str
    called: tuple[Name, ...]
    terms: Mapping[FilterName, tuple[str, ...]]
    inside: tuple[str, ...]
    gpu_names: tuple[str, ...]
    gpu_memory: float | None
    title_order: str
    updated_at: datetime
    deadline: datetime | None
    summary: bytes
    schedule: bytes
    vector: bytes | None = None
