"""Which of the media types on offer an Accept header prefers: RFC 9110, section 12.5.1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiff_kit.problems import NOT_ACCEPTABLE, Problem

_ANY = "*"


@dataclass(frozen=True, slots=True)
class _Range:
    """A part of the header: a type or a pattern with its weight, 0 meaning "not this"."""

    kind: str
    subkind: str
    parameters: frozenset[str]
    weight: float

    def matches(self, media_type: str) -> bool:
        kind, _, subkind = media_type.partition("/")
        return self.kind in {_ANY, kind} and self.subkind in {_ANY, subkind} and not self.parameters

    @property
    def precision(self) -> int:
        return (self.kind != _ANY) + (self.subkind != _ANY)


def negotiated(accept: str | None, offered: Sequence[str]) -> str:
    """Return the media type to answer with; equal wishes follow the order of the offer.

    No header accepts everything. Raises a 406 problem that lists the offer where nothing fits.
    """
    ranges = list(_ranges(accept or "*/*"))
    best = max(offered, key=lambda one: _weight(one, ranges))
    if _weight(best, ranges) > 0:
        return best
    listed = ", ".join(offered)
    raise Problem(NOT_ACCEPTABLE, f"Accept: {listed}", headers={"Vary": "Accept, Accept-Language"})


def _weight(media_type: str, ranges: list[_Range]) -> float:
    """Return the weight of the most precise range that matches, 0 where none does."""
    matching = [range_ for range_ in ranges if range_.matches(media_type)]
    return max(matching, key=lambda one: one.precision).weight if matching else 0.0


def _ranges(accept: str) -> Iterator[_Range]:
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        kind, slash, subkind = name.partition("/")
        weights = [piece[2:] for piece in parameters if piece.startswith("q=")]
        weight = _number(weights[0]) if weights else 1.0
        if kind and slash and subkind and weight is not None:
            others = (piece for piece in parameters if piece and not piece.startswith("q="))
            # UTF-8 is what every text is sent in.
            asked = frozenset(others) - {"charset=utf-8"}
            yield _Range(kind, subkind, asked, weight)


def _number(written: str) -> float | None:
    """Return a weight from 0 to 1, None for what is none: that part of the header is ignored."""
    try:
        value = float(written)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None
