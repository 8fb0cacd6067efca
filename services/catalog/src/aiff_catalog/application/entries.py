"""A published offer as the search index and the lists of the database know it."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from aiff_catalog.application.documents import RenderedOffer
from aiff_catalog.application.schedule import dump_schedule, period_at
from aiff_catalog.application.search import ANY, UNKNOWN, FilterName, IndexEntry
from aiff_contracts.codec import parse, parse_json
from aiff_contracts.offer import ComputeDetails, FundingDetails, Gpu, OfferDocument
from aiff_contracts.offer.intake import Moment
from aiff_contracts.territory import ancestry


def entry_of(rendered: RenderedOffer, now: datetime) -> IndexEntry:
    """Return the index's form of a published offer at an instant."""
    document = parse_json(OfferDocument, rendered.body)
    period = period_at(rendered.schedule, now)
    territories = document.territories or ()
    return IndexEntry(
        offer_id=rendered.offer_id,
        version=rendered.version,
        texts=_texts(document),
        names=_names(document),
        terms={**_terms(document), "status": (period.status,)},
        inside=tuple(dict.fromkeys(code for own in territories for code in ancestry(own))),
        gpu_names=_gpu_names(_gpu_of(document)),
        gpu_memory=_device_memory(_gpu_of(document)),
        title_order=_order_key(document.title.fr),
        updated_at=rendered.updated_at,
        deadline=parse(Moment, period.deadline).end() if period.deadline else None,
        summary=rendered.summary,
        schedule=dump_schedule(rendered.schedule),
    )


def _texts(document: OfferDocument) -> dict[tuple[str, str], str]:
    fields = {
        "title": document.title,
        "summary": document.summary,
        "description": document.description,
    }
    return {
        (name, language): getattr(text, language)
        for name, text in fields.items()
        if text is not None
        for language in ("fr", "en")
    }


def _names(document: OfferDocument) -> str:
    """Return the words by which an offer is called: titles, slug, organisations, keywords."""
    details = document.details
    parts = [document.title.fr, document.title.en, document.slug, *document.keywords]
    parts += [entry.name for entry in document.organisation_details]
    parts += [entry.slug for entry in document.organisation_details]
    if isinstance(details, ComputeDetails):
        parts += [details.system or "", *_gpu_names(details.gpu)]
        parts += [mode.programme for mode in details.access_modes]
    if isinstance(details, FundingDetails):
        parts.append(details.programme or "")
    return " ".join(parts)


def _terms(document: OfferDocument) -> dict[FilterName, tuple[str, ...]]:
    gpu = _gpu_of(document)
    providers = [one.organisation for one in document.organisations if one.role == "provider"]
    terms: dict[FilterName, tuple[str, ...]] = {
        "kind": (document.kind,),
        "sector": _unrestricted(document.sectors),
        "stage": _unrestricted(document.stages),
        "audience": _stated(document.audience),
        "region": _stated(document.territories),
        "language": _stated(document.languages),
        "provider": tuple(dict.fromkeys(providers)),
        "price_basis": (document.pricing.basis,),
        "gpu_model": (gpu.model,) if gpu else (),
        "stack": (gpu.stack,) if gpu and gpu.stack else (),
    }
    if isinstance(document.details, FundingDetails):
        components = document.details.components
        terms["instrument"] = tuple(dict.fromkeys(one.instrument for one in components))
        terms["dilution"] = tuple(dict.fromkeys(one.dilution for one in components))
    return terms


def _stated(values: Sequence[str] | None) -> tuple[str, ...]:
    """Unknown is a value of its own: it never passes for a yes, and a reader can ask for it."""
    return tuple(dict.fromkeys(values)) if values else (UNKNOWN,)


def _unrestricted(values: Sequence[str] | None) -> tuple[str, ...]:
    return (ANY,) if values and ANY in values else _stated(values)


def _gpu_of(document: OfferDocument) -> Gpu | None:
    details = document.details
    return details.gpu if isinstance(details, ComputeDetails) else None


def _gpu_names(gpu: Gpu | None) -> tuple[str, ...]:
    """Return a model's name and its family's: an `H100-SXM` is also found as `H100`."""
    if gpu is None:
        return ()
    name = gpu.model.upper()
    return tuple(dict.fromkeys((name, name.split("-")[0])))


def _device_memory(gpu: Gpu | None) -> float | None:
    """Return what one device shows to a job, in GB; None where that cannot be told.

    NVIDIA's cards show themselves as one device each; others may be several, as the MI250X is.
    """
    if gpu is None:
        return None
    if gpu.device_memory_gb is not None:
        return float(gpu.device_memory_gb)
    devices = gpu.devices_per_gpu or (1 if gpu.vendor == "nvidia" else None)
    if gpu.memory_gb is None or devices is None:
        return None
    return gpu.memory_gb / devices


def _order_key(title: str) -> str:
    """Return the title without accents and case, as a dictionary would order it."""
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    return "".join(one for one in decomposed if not unicodedata.combining(one))
