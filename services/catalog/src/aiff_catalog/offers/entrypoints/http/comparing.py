"""Comparing two to four offers, field by field, in words and raw."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Response
from pydantic import AfterValidator, Field, StringConstraints

from aiff_catalog.offers.domain.comparison import (
    SECTIONS,
    ComparedField,
    ComparedValue,
    SectionCode,
    ValueState,
    compared,
    providers_of,
)
from aiff_catalog.offers.entrypoints.http.comparison_words import label, not_published, words
from aiff_catalog.offers.entrypoints.http.services import Offers
from aiff_catalog.shared.http.answers import PRIVATE
from aiff_catalog.shared.http.schemas import Strict, without_nul
from aiff_catalog.shared.schedule import period_at, with_status
from aiff_contracts.offer import Kind, Text
from aiff_contracts.offer.common import Contact
from aiff_kit.http import NoParameters, StrictRoute

router = APIRouter(prefix="/v1/compare", tags=["offers"], route_class=StrictRoute)

_FEWEST, _MOST = 2, 4
_Reference = Annotated[
    str, StringConstraints(min_length=1, max_length=80), AfterValidator(without_nul)
]


class ComparisonRequest(Strict):
    """Which offers, by id or slug, in the order in which they shall stand."""

    offers: tuple[_Reference, ...] = Field(min_length=_FEWEST, max_length=_MOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedOffer:
    """An offer of the comparison; its providers and its contact can tell what is unknown."""

    id: UUID
    slug: str
    kind: Kind
    version: int
    title: Text
    providers: tuple[str, ...]
    contact: Contact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueView:
    """What an offer has in a field.

    `words` say of the unknown who could tell, and are null where the field does not apply; `raw`
    is null unless the value is known.
    """

    state: ValueState
    words: Text | None
    raw: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field, its values in the order of the offers.

    `differs` is null where all known values are the same and an unknown one may differ.
    """

    pointer: str
    label: Text
    differs: bool | None
    values: tuple[ValueView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """Fields that are about the same."""

    code: SectionCode
    label: Text
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Offers side by side; prices, quotas and amounts only beside those of their own unit."""

    offers: tuple[ComparedOffer, ...]
    sections: tuple[SectionView, ...]


@router.post("", responses={200: {"model": Comparison}}, dependencies=[NoParameters])
async def compare_offers(request: ComparisonRequest, offers: Offers) -> Response:
    """Return published offers side by side; one that is out of sight or unknown is named (422)."""
    found = await offers.comparing.documents(request.offers)
    now = offers.clock()
    documents = [orjson.loads(with_status(one.body, period_at(one.schedule, now))) for one in found]
    body = orjson.dumps(_view(documents))
    return Response(body, headers={"Cache-Control": PRIVATE}, media_type="application/json")


def _view(documents: list[dict[str, Any]]) -> dict[str, Any]:
    sections = compared(documents)
    providers = [providers_of(document) for document in documents]
    return {
        "offers": [
            {
                **{name: document[name] for name in ("id", "slug", "kind", "version", "title")},
                "providers": named,
                "contact": document["contact"],
            }
            for document, named in zip(documents, providers, strict=True)
        ],
        "sections": [
            {
                "code": section.code,
                "label": _text(SECTIONS[section.code]),
                "fields": [_field(one, providers) for one in section.fields],
            }
            for section in sections
        ],
    }


def _field(field: ComparedField, providers: list[list[str]]) -> dict[str, Any]:
    return {
        "pointer": field.pointer,
        "label": label(field.pointer),
        "differs": field.differs,
        "values": [
            _value(field.pointer, value, named)
            for value, named in zip(field.values, providers, strict=True)
        ],
    }


def _value(pointer: str, value: ComparedValue, providers: list[str]) -> dict[str, Any]:
    said: Mapping[str, str] | None = None
    if value.state == "known":
        said = words(pointer, value.raw)
    elif value.state == "unknown":
        said = not_published(providers)
    return {"state": value.state, "words": said, "raw": value.raw}


def _text(said: tuple[str, str]) -> dict[str, str]:
    return dict(zip(("fr", "en"), said, strict=True))
