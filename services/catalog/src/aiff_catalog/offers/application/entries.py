"""A published offer as the search index and the lists of the database know it.

The stored document is this service's own rendering of an offer that was checked when it was
written. So it is read as plain JSON here and not checked again: that would take most of the time
of a rebuild.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from aiff_catalog.offers.application.bounded import bounded_facts
from aiff_catalog.offers.application.documents import RenderedOffer
from aiff_catalog.search.domain.queries import ANY, UNKNOWN, FilterName, IndexEntry, Name
from aiff_catalog.shared.schedule import dump_schedule, period_at
from aiff_contracts.territory import ancestry, canonical_or_none
from aiff_kit.text import Texts

Json = Mapping[str, Any]
_LANGUAGES = ("fr", "en")


def entry_of(rendered: RenderedOffer, now: datetime) -> IndexEntry:
    """Return the index's form of a published offer at an instant."""
    document = orjson.loads(rendered.body)
    period = period_at(rendered.schedule, now)
    territories = document.get("territories") or ()
    gpu = _gpu_of(document)
    bounded = bounded_facts(document, period)
    return IndexEntry(
        offer_id=rendered.offer_id,
        version=rendered.version,
        texts=texts_of(document),
        called=tuple(dict.fromkeys(_names(document))),
        terms={**_terms(document), "status": (period.status,)},
        inside=tuple(dict.fromkeys(code for own in territories for code in _around(own))),
        gpu_names=_gpu_names(gpu),
        gpu_memory=bounded.gpu_memory,
        amount=bounded.amount,
        unstated=bounded.unstated,
        title_order=_order_key(document["title"]["fr"]),
        published_at=datetime.fromisoformat(document["published_at"]),
        updated_at=rendered.updated_at,
        deadline=bounded.deadline,
        summary=rendered.summary,
        schedule=dump_schedule(rendered.schedule),
    )


def texts_of(document: Json) -> Texts:
    """Return the texts of an offer by how much they tell."""
    details, organisations = document["details"], document["organisation_details"]
    gpu = _gpu_of(document)
    return Texts(
        slugs=(document["slug"], *(entry["slug"] for entry in organisations)),
        titles=_both(document, "title"),
        keywords=(*document["keywords"], *details.get("topics", ()), *_gpu_names(gpu)),
        names=(
            *(entry["name"] for entry in organisations),
            *filter(None, (details.get("system"), *_programmes(details))),
        ),
        summaries=_both(document, "summary"),
        descriptions=_both(document, "description"),
    )


def _around(code: str) -> tuple[str, ...]:
    """Return a territory and all that contain it; a stored code that nobody knows is itself."""
    return (code,) if canonical_or_none(code) is None else ancestry(code)


def _both(document: Json, name: str) -> tuple[str, ...]:
    text = document.get(name)
    return tuple(text[language] for language in _LANGUAGES) if text else ()


def _names(document: Json) -> Iterator[Name]:
    """Return the names that several offers share and that a reader begins to type."""
    details = document["details"]
    provided = set(_providers(document))
    for entry in document["organisation_details"]:
        if entry["slug"] in provided:
            yield Name("provider", entry["slug"], entry["name"])
    yield from (Name("gpu_model", model, model) for model in _gpu_names(_gpu_of(document)))
    terms = [*document["keywords"], *_programmes(details), details.get("system") or ""]
    yield from (Name("term", term, term) for term in terms if term)


def _programmes(details: Json) -> list[str]:
    if details["kind"] == "compute":
        return [mode["programme"] for mode in details["access_modes"]]
    return [details["programme"]] if details.get("programme") else []


def _providers(document: Json) -> list[str]:
    return [one["organisation"] for one in document["organisations"] if one["role"] == "provider"]


def _terms(document: Json) -> dict[FilterName, tuple[str, ...]]:
    gpu, details = _gpu_of(document), document["details"]
    terms: dict[FilterName, tuple[str, ...]] = {
        "kind": (document["kind"],),
        "sector": _unrestricted(document.get("sectors")),
        "stage": _unrestricted(document.get("stages")),
        "audience": _stated(document.get("audience")),
        "region": _stated(document.get("territories")),
        "language": _stated(document.get("languages")),
        "provider": tuple(dict.fromkeys(_providers(document))),
        "price_basis": (document["pricing"]["basis"],),
        "gpu_model": (gpu["model"],) if gpu else (),
        "stack": (gpu["stack"],) if gpu and gpu.get("stack") else (),
    }
    if details["kind"] == "funding":
        components = details["components"]
        terms["instrument"] = tuple(
            dict.fromkeys(component["instrument"] for component in components)
        )
        terms["dilution"] = tuple(dict.fromkeys(component["dilution"] for component in components))
    return terms


def _stated(values: Sequence[str] | None) -> tuple[str, ...]:
    """Unknown is a value of its own: it never passes for a yes, and a reader can ask for it."""
    return tuple(dict.fromkeys(values)) if values else (UNKNOWN,)


def _unrestricted(values: Sequence[str] | None) -> tuple[str, ...]:
    return (ANY,) if values and ANY in values else _stated(values)


def _gpu_of(document: Json) -> Json | None:
    gpu: Json | None = document["details"].get("gpu")
    return gpu


def _gpu_names(gpu: Json | None) -> tuple[str, ...]:
    """Return a model's name and its family's: an `H100-SXM` is also found as `H100`."""
    if gpu is None:
        return ()
    name = gpu["model"].upper()
    return tuple(dict.fromkeys((name, name.split("-")[0])))


def _order_key(title: str) -> str:
    """Return the title without accents and case, as a dictionary would order it."""
    lowered = title.casefold()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(one for one in decomposed if not unicodedata.combining(one))
