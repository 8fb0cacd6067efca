"""What the use cases of review need of the world, in plain values."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiff_catalog.offers.application.ports import DocumentStore, OffersUnitOfWork
from aiff_catalog.quality.application.ports import AssessmentUnitOfWork


class DatedDocuments(DocumentStore, Protocol):
    """The rendered documents, and when their intakes ended."""

    def over_since(self, instant: datetime, limit: int) -> Sequence[UUID]:
        """Return published offers whose intake has been closed for good since before an instant."""


class ReviewsUnitOfWork(OffersUnitOfWork, AssessmentUnitOfWork, Protocol):
    """A transaction over offers, and what the checks find in the texts that are submitted."""

    @property
    def documents(self) -> DatedDocuments:
        """Return the rendered documents."""


OpenReviews = Callable[[], ReviewsUnitOfWork]
