"""Whether partners meet first whom they should: judged searches over made-up start-ups.

The searches are answered by the product's own use case; only what it reads stands in memory.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from statistics import mean
from typing import Any, cast
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml

from aiff_contracts.codec import parse
from aiff_matching.answers.application.queries import MatchQueries
from aiff_matching.introductions.domain.dossiers import Applicant
from aiff_matching.partners.application.searches import SearchTarget, StartUpFinder
from aiff_matching.partners.domain.finding import Findable
from aiff_matching.partners.domain.searches import PartnerSearch, StoredSearch
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from bench.quality.judged import JUDGED, by_slug, ndcg
from bench.quality.orders import NOW, Orders

Row = tuple[str, str, str]
_ALL = 50


@dataclass(frozen=True)
class _Memory:
    """What the use cases read: one search at a time, all start-ups, the catalogue, the GPUs."""

    orders: Orders
    startups: Sequence[Findable]
    stored: StoredSearch

    @property
    def searches(self) -> "_Memory":
        return self

    @property
    def discoverability(self) -> "_Memory":
        return self

    def get(self, _search_id: UUID, _organisation: str) -> StoredSearch:
        return self.stored

    def findable(self) -> Sequence[Findable]:
        return self.startups

    def note_views(self, *_seen: object) -> None:
        """Nobody reads who was seen here."""

    def commit(self) -> None:
        """Nothing is stored."""

    def current(self) -> Any:
        return self.orders.catalogue

    def at(self, _revision: int) -> Any:
        return self.orders.gpus

    def open(self) -> AbstractContextManager["_Memory"]:
        return nullcontext(self)


def partner_rows(orders: Orders) -> Iterator[Row]:
    """Show the figures of both halves."""
    searches = _read("partner_searches")
    figures = [_ndcg(orders, entry) for entry in searches]
    held = mean(figures[1::2])
    title = f"nDCG@10, start-ups for partners, {len(figures[1::2])} searches"
    yield title, f"{held:.3f} (even {mean(figures[0::2]):.3f})", "printed"


def _ndcg(orders: Orders, entry: dict[str, Any]) -> float:
    grades = by_slug(entry["grades"])
    shown = found_for(orders, entry["organisation"], parse(PartnerSearch, entry["search"]))
    return ndcg([grades.get(name, 0) for name in shown], grades.values())


def found_for(orders: Orders, organisation: str, search: PartnerSearch) -> list[str]:
    """Return the names of the start-ups that a search finds, in their order."""
    names = {_id(entry["id"]): entry["id"] for entry in _read("startups")}
    stored = StoredSearch(_id(search.title), organisation, search, 1, NOW, NOW)
    memory = cast("Any", _Memory(orders, _startups(), stored))
    matches = MatchQueries(memory, memory, orders.encoder, memory.open, lambda: NOW)
    finder = StartUpFinder(memory.open, matches, orders.encoder, lambda: NOW)
    found = finder.find(SearchTarget(stored.id, organisation), _ALL)
    return [names[pair.found.startup_id] for pair in found.pairs]


def _startups() -> list[Findable]:
    return [_findable(entry) for entry in _read("startups")]


def _findable(entry: dict[str, Any]) -> Findable:
    told = Applicant(parse(Profile, entry["profile"]), parse(Need, entry["need"]))
    return Findable(_id(entry["id"]), _id(f"need {entry['id']}"), told, ())


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def _read(name: str) -> list[Any]:
    found: list[Any] = yaml.safe_load((JUDGED / f"{name}.yaml").read_text(encoding="utf-8"))
    return found
