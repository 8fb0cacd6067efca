"""The catalogue's own files as the documents that the public reads, without a database."""

from functools import cache
from pathlib import Path
from uuid import UUID, uuid5

from tests.catalog.support import NOW

from aiff_catalog.loading.adapters import read_folder
from aiff_catalog.loading.application import examine
from aiff_catalog.offers.application.documents import document_of
from aiff_catalog.offers.domain import offer as offers
from aiff_contracts.codec import dump_json, parse_json
from aiff_contracts.offer import OfferContent, OfferDocument, Organisation

FOLDER = Path(__file__).parents[2] / "data" / "catalogue"
_IDS = UUID("018f0000-0000-7000-8000-000000000000")


@cache
def real_documents() -> tuple[OfferDocument, ...]:
    """Return every offer of the catalogue, published."""
    examined = examine(read_folder(FOLDER))
    known = {one.slug: one for _, one in examined.organisations}
    return tuple(published(content, known) for _, content in examined.offers)


def published(content: OfferContent, organisations: dict[str, Organisation]) -> OfferDocument:
    """Return what the public reads of a content."""
    drafted = offers.draft(uuid5(_IDS, content.slug), content, "test", NOW)
    document = document_of(offers.publish(drafted, NOW), organisations)
    return parse_json(OfferDocument, dump_json(document))


@cache
def stored_documents() -> tuple[bytes, ...]:
    """Return them as they are stored."""
    return tuple(dump_json(one) for one in real_documents())
