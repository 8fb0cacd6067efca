"""What the sentence vector of an offer is made of."""

import orjson

from aiff_catalog.offers.application.documents import RenderedOffer
from aiff_kit.embeddings import DueText


def due_text(offer: RenderedOffer) -> DueText:
    """Return what an offer's vector is made of."""
    document = orjson.loads(offer.body)
    title, summary = document["title"], document["summary"]
    keywords = ", ".join(document["keywords"])
    french, english = (f"{title[one]}. {summary[one]} {keywords}" for one in ("fr", "en"))
    return DueText(offer.offer_id, offer.version, (french, english))
