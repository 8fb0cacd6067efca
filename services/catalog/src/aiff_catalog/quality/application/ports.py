"""What the use cases of quality need of the world, in plain values."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiff_catalog.offers.application.ports import OffersUnitOfWork
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.quality.application.assessments import Assessed, WorkItem, WorkQuery
from aiff_catalog.quality.application.duplicate_pairs import (
    Dismissal,
    Pair,
    PairQuery,
    PairView,
)
from aiff_catalog.quality.application.reported import ReportQuery, ReportView
from aiff_catalog.quality.domain.links import LinkOutcome, LinkSeen
from aiff_catalog.quality.domain.reports import ErrorReport, Told
from aiff_catalog.shared.ports import UnitOfWork
from aiff_contracts.offer import Text


class QualityStore(Protocol):
    """The assessments of listings and who works on them, inside a unit of work."""

    def due(self, before: datetime, changed_since: datetime | None, limit: int) -> Sequence[Offer]:
        """Return listings not assessed at their version, or assessed before an instant.

        `changed_since` looks only at those that changed at or after it, None at all.
        """

    def put(self, item: Assessed) -> None:
        """Store or replace an assessment; the claim stays."""

    def worst(self, query: WorkQuery) -> Sequence[WorkItem]:
        """Return listings with findings in the order of score and id."""

    def claim(self, offer_id: UUID, by: str, at: datetime) -> str:
        """Claim a listing that nobody has, and return who has it now."""

    def release(self, offer_id: UUID) -> None:
        """Forget a claim."""


class LinkStore(Protocol):
    """What was seen of the addresses in listings, inside a unit of work."""

    def due(self, looked_before: datetime, limit: int) -> Sequence[Offer]:
        """Return listings that changed since their addresses were asked, or were not for long."""

    def note(self, offer: Offer, at: datetime) -> None:
        """Note that the addresses of a listing were asked in its version."""

    def seen(self, urls: Collection[str]) -> Mapping[str, LinkSeen]:
        """Return what is known of those of the addresses that were ever asked."""

    def put(self, seen: LinkSeen) -> None:
        """Store or replace what is known of an address."""


class DuplicateStore(Protocol):
    """Pairs and what was looked at, inside a unit of work."""

    def due(self, changed_before: datetime, looked_before: datetime, limit: int) -> Sequence[Offer]:
        """Return listings that changed since they were looked at, or were not for long."""

    def unpublished(self, kind: str, most: int) -> Mapping[UUID, Text]:
        """Return the titles of the texts of a kind that no reader sees yet, the newest first.

        What was rejected is not among them.
        """

    def note(self, offer: Offer, at: datetime) -> None:
        """Note that a listing was looked at in its version."""

    def replace(self, offer_id: UUID, pairs: Sequence[Pair]) -> None:
        """Make these the pairs of a listing; what was dismissed stays so."""

    def forget(self, offer_id: UUID) -> None:
        """Forget the pairs of a listing that is gone."""

    def page(self, query: PairQuery) -> Sequence[PairView]:
        """Return pairs of listings that are not archived, the likest first."""

    def dismiss(self, pair_id: UUID, dismissal: Dismissal) -> bool:
        """Note a decision; False where there is no such pair."""

    def reopen(self, pair_id: UUID) -> bool:
        """Forget a decision; False where there is no such pair."""

    def of_pair(self, pair_id: UUID) -> Sequence[UUID]:
        """Return the listings of a pair; none where it is unknown."""

    def twins(self, offer_ids: Sequence[UUID]) -> frozenset[UUID]:
        """Return those of the listings that are in an open pair."""


class ReportStore(Protocol):
    """Errors that readers reported, inside a unit of work."""

    def same(self, offer_id: UUID, told: Told) -> ErrorReport | None:
        """Return the open report that says the same of an offer."""

    def count_open(self, offer_id: UUID) -> int:
        """Count the open reports on an offer."""

    def add(self, report: ErrorReport) -> None:
        """Store a new report."""

    def get(self, report_id: UUID) -> ErrorReport:
        """Return a report, held until the transaction ends, or raise ReportNotFoundError."""

    def save(self, report: ErrorReport) -> None:
        """Store the resolution; the same may be reported again from now on."""

    def page(self, query: ReportQuery) -> Sequence[ReportView]:
        """Return reports, the longest open or the latest resolved first."""

    def places(self, offer_ids: Collection[UUID]) -> Mapping[UUID, frozenset[str]]:
        """Return where open reports see errors, by offer; "" for nowhere in particular."""

    def forget(self, contacts_before: datetime, resolved_before: datetime) -> int:
        """Forget contacts and resolved reports of before these instants; count what that was."""


class OfferVectors(Protocol):
    """The sentence vectors of the published offers, inside a unit of work."""

    def of(self, model: str, offer_ids: Collection[UUID]) -> Mapping[UUID, bytes]:
        """Return the vectors that a model made for those of the offers that have one."""


class RecordHandover(Protocol):
    """What partners' systems know of offers, inside a unit of work."""

    def hand_over(self, from_id: UUID, to_id: UUID, providers: Collection[str]) -> None:
        """Let the records of an offer belong to another one, where their partners provide it."""


class SimilarReads(Protocol):
    """What is known of an offer beside its document; one statement per call."""

    async def twins(self, offer_id: str) -> frozenset[str]:
        """Return the offers that are probably the same one, unless a curator said otherwise."""

    async def vector(self, offer_id: str) -> bytes | None:
        """Return the sentence vector that searches compare, None where there is none yet."""

    async def bodies(self, offer_ids: Sequence[str]) -> Mapping[str, bytes]:
        """Return the documents of those of the offers that are published, by id."""


class AssessmentUnitOfWork(UnitOfWork, Protocol):
    """A transaction over what is known of the quality of listings."""

    @property
    def quality(self) -> QualityStore:
        """Return what the quality checks found."""

    @property
    def duplicates(self) -> DuplicateStore:
        """Return the pairs of listings that are probably one offer."""

    @property
    def links(self) -> LinkStore:
        """Return what was seen of the addresses in listings."""

    @property
    def reports(self) -> ReportStore:
        """Return what readers reported."""


class LinkAsker(Protocol):
    """Asks strangers' servers."""

    def ask(self, url: str) -> tuple[LinkOutcome, int | None]:
        """Return what an address led to, and its status where an answer came."""


class QualityUnitOfWork(OffersUnitOfWork, AssessmentUnitOfWork, Protocol):
    """The same with the offers themselves, and what is tied to them."""

    @property
    def embeddings(self) -> OfferVectors:
        """Return the sentence vectors."""

    @property
    def partners(self) -> RecordHandover:
        """Return what partners' systems sent."""


OpenQuality = Callable[[], QualityUnitOfWork]
