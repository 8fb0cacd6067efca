"""The columns of the tables of all offers, in their stable order: new ones are added at the end.

An empty cell is unknown. Several values are separated by ` | `. Codes are those of the API.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from aiff_catalog.exchange.domain import stated_closing, stated_opening, written
from aiff_contracts.offer import (
    ComputeDetails,
    FundingDetails,
    Gpu,
    OfferDocument,
    PriceRow,
    Text,
)
from aiff_kit.cells import Cell

BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name and what an offer has in it."""

    name: str
    cell: Callable[[OfferDocument], Cell]


def _both(
    name: str, text: Callable[[OfferDocument], Text | Iterable[Text] | None]
) -> Iterator[Column]:
    """Yield the French and the English column of a text."""
    yield Column(f"{name}_fr", lambda offer: _said(text(offer), french=True))
    yield Column(f"{name}_en", lambda offer: _said(text(offer), french=False))


def _said(text: Text | Iterable[Text] | None, *, french: bool) -> str | None:
    if text is None:
        return None
    several = (text,) if isinstance(text, Text) else tuple(text)
    return _listed(one.fr if french else one.en for one in several)


def _listed(values: Iterable[str] | None) -> str | None:
    return None if values is None else BETWEEN.join(values)


def _in_role(role: str) -> Callable[[OfferDocument], Cell]:
    def cell(offer: OfferDocument) -> Cell:
        names = {detail.slug: detail.name for detail in offer.organisation_details}
        slugs = [
            organisation.organisation
            for organisation in offer.organisations
            if organisation.role == role
        ]
        return _listed(names[slug] for slug in dict.fromkeys(slugs))

    return cell


def _instant(value: datetime | None) -> str | None:
    return None if value is None else value.strftime("%Y-%m-%dT%H:%M:%SZ")


def _price(row: PriceRow) -> str:
    return f"{row.amount} {row.currency} / {row.period} (tax {row.tax})"


def _gpu(offer: OfferDocument) -> Gpu | None:
    return offer.details.gpu if isinstance(offer.details, ComputeDetails) else None


def _from_gpu(name: str) -> Column:
    return Column(f"gpu_{name}", lambda offer: getattr(_gpu(offer), name, None))


def _instruments(offer: OfferDocument) -> str | None:
    if not isinstance(offer.details, FundingDetails):
        return None
    return _listed(dict.fromkeys(component.instrument for component in offer.details.components))


def _maxima(offer: OfferDocument) -> str | None:
    if not isinstance(offer.details, FundingDetails):
        return None
    stated = (component.maximum for component in offer.details.components)
    return _listed(f"{one.amount} {one.currency}" for one in stated if one is not None)


def _contact(name: str) -> Column:
    return Column(f"contact_{name}", lambda offer: getattr(offer.contact, name, None))


COLUMNS: tuple[Column, ...] = (
    Column("id", lambda offer: str(offer.id)),
    Column("slug", lambda offer: offer.slug),
    Column("kind", lambda offer: offer.kind),
    Column("version", lambda offer: offer.version),
    Column("published_at", lambda offer: _instant(offer.published_at)),
    Column("updated_at", lambda offer: _instant(offer.updated_at)),
    *_both("title", lambda offer: offer.title),
    *_both("summary", lambda offer: offer.summary),
    *_both("description", lambda offer: offer.description),
    Column("providers", _in_role("provider")),
    Column("operators", _in_role("operator")),
    Column("hosts", _in_role("host")),
    Column("funders", _in_role("funder")),
    Column("audience", lambda offer: _listed(offer.audience)),
    Column("sectors", lambda offer: _listed(offer.sectors)),
    Column("stages", lambda offer: _listed(offer.stages)),
    Column("territories", lambda offer: _listed(offer.territories)),
    Column("languages", lambda offer: _listed(offer.languages)),
    Column("keywords", lambda offer: _listed(offer.keywords)),
    Column("url", lambda offer: offer.url),
    _contact("email"),
    _contact("phone"),
    _contact("url"),
    Column("price_basis", lambda offer: offer.pricing.basis),
    Column("prices", lambda offer: _listed(map(_price, offer.pricing.rows))),
    Column("intake", lambda offer: offer.intake.shape),
    Column("opens_at", lambda offer: written(stated_opening(offer.intake))),
    Column("closes_at", lambda offer: written(stated_closing(offer.intake))),
    *_both("conditions", lambda offer: offer.eligibility.conditions),
    Column("instruments", _instruments),
    Column("amount_maximum", _maxima),
    _from_gpu("model"),
    _from_gpu("memory_gb"),
    _from_gpu("count"),
    Column("review_by", lambda offer: None if offer.review_by is None else str(offer.review_by)),
)
