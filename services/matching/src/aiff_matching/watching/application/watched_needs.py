"""The stored needs in memory, with all that their answers give on a day."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from aiff_contracts.sparing import spared
from aiff_kit.encoder import Encoder
from aiff_matching.answers.application.embedding import embedding_of
from aiff_matching.answers.domain.criteria import Question
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS, TOP
from aiff_matching.answers.domain.scan import scan
from aiff_matching.compute.application import LiveGpus
from aiff_matching.compute.domain.gpus import GpuTable
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.offers.domain.relevance import Vector, text_of
from aiff_matching.profiles.domain.aid import ListedAid
from aiff_matching.watching.application.ports import OpenWatchingWork
from aiff_matching.watching.domain.need_columns import NeedColumns, NeedFacts
from aiff_matching.watching.domain.scheduled_changes import day_of
from aiff_matching.watching.domain.watched import NeedKey, WatchedNeed

_MOST_EMBEDDINGS = 50_000


class WatchedNeeds:
    """Reads and parses only what changed; what follows from the answers is derived once a day."""

    def __init__(self, unit_of_work: OpenWatchingWork, gpus: LiveGpus, encoder: Encoder) -> None:
        """Keep what opens a transaction, the GPU table and the encoder."""
        self._open = unit_of_work
        self._gpus = gpus
        self._encoder = encoder
        self._day = 0
        self._gpu_table = ""
        self._aid: ListedAid = {}
        self._known: dict[NeedKey, NeedFacts] = {}
        self._all: tuple[Sequence[NeedKey], NeedColumns] = ((), NeedColumns(()))
        self._embeddings: dict[str, Vector | None] = {}

    def needs(self, keys: Sequence[NeedKey], catalogue: Catalogue, now: datetime) -> NeedColumns:
        """Return the needs of these keys that are still as they were, with their columns.

        `catalogue` is the one with which they are compared.
        """
        gpus = self._gpus.at(catalogue.revision)
        self._forget_outdated(gpus, catalogue.aid, now)
        if self._all[0] == keys:
            return self._all[1]
        self._read([key for key in keys if key not in self._known], gpus, now)
        needs = NeedColumns([self._known[key] for key in keys if key in self._known])
        if len(keys) >= len(self._all[0]):
            kept = frozenset(keys)
            self._known = {key: own for key, own in self._known.items() if key in kept}
            self._all = keys, needs
        return needs

    def top(self, stored: NeedFacts, catalogue: Catalogue, now: datetime) -> frozenset[UUID]:
        """Return the offers that a need's answer shows first."""
        known, need = stored.known, stored.known.need
        situation = stored.at(now).situation
        embedding = self._embedding(catalogue.texts.reader.read(text_of(need)).text)
        asked = (known.profile, need)
        compared = (catalogue.texts, embedding, catalogue.experience)
        question = Question.of(asked, known.facts, situation, *compared)
        truths = catalogue.truths(known)
        ranked = scan(catalogue, truths, known, question, need.wanted_kinds(), DEFAULT_WEIGHTS)
        return frozenset(catalogue.candidates[row].offer.id for row in ranked.rows[:TOP])

    def _forget_outdated(self, gpus: GpuTable, aid: ListedAid, now: datetime) -> None:
        """Begin anew where other things follow from the same answers.

        That is on a new day, with another GPU table, or where listed aid is of another kind.
        """
        held = (day_of(now), gpus.version, aid)
        if held != (self._day, self._gpu_table, self._aid):
            self._day, self._gpu_table, self._aid = held
            self._known, self._all = {}, ((), NeedColumns(()))

    def _read(self, keys: Sequence[NeedKey], gpus: GpuTable, now: datetime) -> None:
        if not keys:
            return
        with self._open() as uow:
            stored = uow.watching.read(keys)
        for watched in stored:
            derive = partial(_facts, watched, (gpus, self._aid), now)
            facts = spared("watching needs", str(watched.key.id), derive, None)
            if facts is not None:
                self._known[watched.key] = facts

    def _embedding(self, text: str) -> Vector | None:
        if text not in self._embeddings:
            if len(self._embeddings) >= _MOST_EMBEDDINGS:
                self._embeddings.clear()
            self._embeddings[text] = embedding_of(text, self._encoder)
        return self._embeddings[text]


def _facts(watched: WatchedNeed, tables: tuple[GpuTable, ListedAid], now: datetime) -> NeedFacts:
    return NeedFacts.of(watched.key.id, (watched.profile, watched.need), tables, now)
