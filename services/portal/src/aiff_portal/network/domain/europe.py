"""The map of Europe: outlines of countries, and where the number of a country is written.

The outlines are Natural Earth's at 1:50 million, in the public domain; `scripts/outlines.py` made
the file of them. Equal areas on the ground are equal on the map (Lambert, as EPSG:3035).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from json import loads

_POINT = re.compile(r"(\d+) (\d+)")


@dataclass(frozen=True, slots=True)
class Outline:
    """A country as the data of an SVG path, and the middle of its largest part."""

    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Europe:
    """The size of the map in its own units, and the countries by their codes (ISO 3166)."""

    width: int
    height: int
    countries: Mapping[str, Outline]


@cache
def europe() -> Europe:
    """Return the map."""
    held = loads(files("aiff_portal.network.domain").joinpath("europe.json").read_bytes())
    countries = {code: _outline(path) for code, path in held["countries"].items()}
    return Europe(held["width"], held["height"], countries)


def _outline(path: str) -> Outline:
    largest = [(int(x), int(y)) for x, y in _POINT.findall(path.partition("Z")[0])]
    x, y = _centroid(largest)
    return Outline(path, round(x), round(y))


def _centroid(ring: list[tuple[int, int]]) -> tuple[float, float]:
    """Return the centre of the area that a ring encloses."""
    edges = list(pairwise([*ring, ring[0]]))
    crosses = [x * after_y - after_x * y for (x, y), (after_x, after_y) in edges]
    area = sum(crosses)
    if not area:
        return ring[0]
    across = sum((a[0] + b[0]) * c for (a, b), c in zip(edges, crosses, strict=True))
    down = sum((a[1] + b[1]) * c for (a, b), c in zip(edges, crosses, strict=True))
    return across / (3 * area), down / (3 * area)
