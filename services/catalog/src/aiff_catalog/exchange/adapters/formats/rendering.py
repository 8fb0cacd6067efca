"""Stored offers made into parts of a dump: one that cannot be costs the dump that part alone."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from aiff_contracts.offer import OfferDocument
from aiff_contracts.sparing import readable, spared

_WORK = "exporting"
Rendered = TypeVar("Rendered")


def rendered(
    documents: Iterable[bytes], render: Callable[[OfferDocument], Rendered]
) -> list[Rendered]:
    """Return what is made of each document, without those of which nothing can be made."""
    made = (
        spared(_WORK, document.slug, partial(render, document), None)
        for document in readable(OfferDocument, documents, _WORK)
    )
    return [one for one in made if one is not None]


def rendered_together(
    documents: Iterable[bytes], render: Callable[[list[OfferDocument]], Rendered]
) -> Rendered:
    """Return what is made of all documents at once; where that fails, of those that can be."""
    read = [*readable(OfferDocument, documents, _WORK)]
    whole = spared(_WORK, "a batch", partial(render, read), None)
    if whole is not None:
        return whole
    alone = ((one, spared(_WORK, one.slug, partial(render, [one]), None)) for one in read)
    return render([one for one, made in alone if made is not None])
