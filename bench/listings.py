"""The real listings as published documents, and a large catalogue made of them."""

from uuid import NAMESPACE_URL, uuid5

from aiff_catalog.adapters.source_files import read_folder
from aiff_contracts.codec import parse
from aiff_contracts.offer import OfferDocument
from bench.product import CATALOGUE

ORGANISATIONS = "organisations"


def documents() -> list[OfferDocument]:
    """Return the offers of data/catalogue in order of their slugs."""
    files = read_folder(CATALOGUE)
    names = {file.slug: file.value for file in files if file.folder == ORGANISATIONS}
    offers = (file for file in files if file.folder != ORGANISATIONS)
    return sorted((_document(f.folder, f.value, names) for f in offers), key=lambda d: d.slug)


def _document(kind: str, content: dict, names: dict) -> OfferDocument:  # type: ignore[type-arg]
    wanted = sorted({entry["organisation"] for entry in content["organisations"]})
    identity = {
        "id": str(uuid5(NAMESPACE_URL, content["slug"])),
        "version": 1,
        "published_at": "2026-11-20T00:00:00Z",
        "updated_at": "2026-11-20T00:00:00Z",
        "kind": kind,
        "organisation_details": [names[name] for name in wanted],
    }
    return parse(OfferDocument, content | identity)
