"""What a partner looks for among start-ups: requirements, capacity, and words about it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.labels import capital, label_of
from aiff_contracts.language import Strict
from aiff_contracts.offer import Kind
from aiff_contracts.offer.common import Stage
from aiff_contracts.rules import Cmp, Op, Rule
from aiff_contracts.sectors import stored_sectors
from aiff_contracts.territory import canonical
from aiff_matching.offers.domain.requirements import site_labels
from aiff_matching.profiles.domain.profile import OrganisationType
from aiff_matching.shared.intervals import Amount

CompanySize = Literal["micro", "small", "medium", "small_midcap", "midcap", "large"]
Reference = Annotated[str, MinLen(2), MaxLen(80)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity(Strict):
    """What the partner can give: GPU hours to one start-up, seats in all, within a period."""

    gpu_hours: Amount | None = None
    seats: Annotated[int, Ge(1), Le(100_000)] | None = None
    begins: date | None = None
    ends: date | None = None

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.begins and self.ends and self.ends < self.begins:
            message = "the end is before the beginning; exchange or correct them"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSearch(Strict):
    """A search for start-ups. What is left out is not asked for.

    `offers` are the partner's own that it speaks for (none: all of them); the lists name
    alternatives; `rule` is a further requirement in the language of eligibility rules.
    """

    title: Annotated[str, MinLen(1), MaxLen(200)]
    description: Annotated[str, MaxLen(2000)] | None = None
    offers: Annotated[tuple[Reference, ...], MaxLen(50)] = ()
    kinds: Annotated[tuple[Kind, ...], MinLen(1), MaxLen(7)] | None = None
    sectors: Annotated[tuple[Annotated[str, MaxLen(40)], ...], MinLen(1), MaxLen(30)] | None = None
    stages: Annotated[tuple[Stage, ...], MinLen(1), MaxLen(20)] | None = None
    organisation_types: Annotated[tuple[OrganisationType, ...], MinLen(1), MaxLen(10)] | None = None
    company_sizes: Annotated[tuple[CompanySize, ...], MinLen(1), MaxLen(6)] | None = None
    territories: Annotated[tuple[Annotated[str, MaxLen(20)], ...], MinLen(1), MaxLen(50)] | None = (
        None
    )
    capacity: Capacity | None = None
    rule: Rule | None = None

    def __post_init__(self) -> None:
        """Store canonical territories; refuse sectors that nobody knows."""
        if self.territories is not None:
            object.__setattr__(self, "territories", tuple(map(canonical, self.territories)))
        if self.sectors is not None:
            stored = stored_sectors(self.sectors, restricted=True)
            object.__setattr__(self, "sectors", stored)

    def requirements(self) -> Iterator[Rule]:
        """Yield what a start-up must meet, each as a rule with its sentence."""
        yield from _listed("organisation_type", "in", self.organisation_types)
        yield from _listed("company_size", "in", self.company_sizes)
        yield from _listed("sectors", "overlaps", self.sectors)
        yield from _listed("stage", "in", self.stages)
        if self.territories is not None:
            yield _cmp("sites", "within", self.territories, site_labels(self.territories))
        if self.rule is not None:
            yield self.rule


@dataclass(frozen=True, slots=True)
class StoredSearch:
    """A search as it is kept: whose it is, and its version."""

    id: UUID
    organisation: str
    search: PartnerSearch
    version: int
    created_at: datetime
    updated_at: datetime

    def with_search(self, search: PartnerSearch, now: datetime) -> "StoredSearch":
        """Return the next version."""
        return replace(self, search=search, version=self.version + 1, updated_at=now)


def _listed(attribute: str, op: Op, codes: tuple[str, ...] | None) -> Iterator[Cmp]:
    if codes is None:
        return
    words = [label_of(attribute, code) for code in codes]
    named = ATTRIBUTES[attribute]
    french, english = capital(named.label_fr), capital(named.label_en)
    fr, en = ", ".join(word for word, _ in words), ", ".join(word for _, word in words)
    yield _cmp(attribute, op, codes, (f"{french} : {fr}", f"{english}: {en}"))


def _cmp(attribute: str, op: Op, codes: tuple[str, ...], labels: tuple[str, str]) -> Cmp:
    # A sentence is bounded; a long list says less and less with each further name.
    french, english = (label[:300] for label in labels)
    return Cmp(attribute=attribute, op=op, value=codes, label_fr=french, label_en=english)
