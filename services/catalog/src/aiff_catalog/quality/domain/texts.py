"""Every sentence of a listing that stands in both languages, with its place."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from aiff_contracts.offer import OfferContent, OpenToAll, Text
from aiff_contracts.rules import Cmp


def texts(content: OfferContent) -> Iterator[tuple[str, Text]]:
    """Yield each bilingual text with its JSON pointer; a criterion's is its pair of labels."""
    yield from _inside(content, "")


def _inside(value: object, pointer: str) -> Iterator[tuple[str, Text]]:
    match value:
        case Text():
            yield pointer, value
        case Cmp() | OpenToAll():
            yield f"{pointer}/label", Text(fr=value.label_fr, en=value.label_en)
        case tuple() | list():
            for index, inner in enumerate(value):
                yield from _inside(inner, f"{pointer}/{index}")
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from _inside(getattr(value, field.name), f"{pointer}/{field.name}")
