"""Probable duplicates as the interface accepts and shows them."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from aiff_catalog.quality.application.duplicate_pairs import PairQuery, PairState, PairView
from aiff_catalog.shared.http.schemas import PageParameters, Strict, without_nul
from aiff_contracts.offer import Kind


class PairParameters(PageParameters):
    """Which pairs."""

    state: PairState = "open"
    kind: Kind | None = None

    def query(self) -> PairQuery:
        """Return the question with one item more than the page, which tells whether more come."""
        return PairQuery(limit=self.limit + 1, state=self.state, kind=self.kind)


class Merge(Strict):
    """Which listing stays, and why the two are one offer."""

    into: Annotated[str, StringConstraints(max_length=80), AfterValidator(without_nul)] = Field(
        description="The id or slug of the listing that stays; readers must see it."
    )
    reason: Annotated[
        str, StringConstraints(min_length=1, max_length=500), AfterValidator(without_nul)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPage:
    """A page of pairs, the likest first."""

    items: tuple[PairView, ...]
    next: str | None
    prev: str | None
