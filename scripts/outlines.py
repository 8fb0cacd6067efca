"""Draw the countries of Europe for the map of the network, from open outlines.

The outlines are those of Natural Earth at 1:50 million (public domain), as the npm package
`world-atlas` 2.0.2 has them: `npm pack world-atlas@2.0.2`, unpack it, and name its
`countries-50m.json`. What the pages need of them is written beside the code and committed: the
lines in pixels of the map, by ISO 3166 code, of what lies in Europe.
"""

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from math import cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import Any

TARGET = (
    Path(__file__).resolve().parents[1]
    / "services/portal/src/aiff_portal/network/domain/europe.json"
)
# ISO 3166-1: the numbers of the outlines, and the codes of the pages.
CODES = {
    "008": "AL", "040": "AT", "056": "BE", "070": "BA", "100": "BG", "112": "BY", "191": "HR",
    "196": "CY", "203": "CZ", "208": "DK", "233": "EE", "246": "FI", "250": "FR", "276": "DE",
    "300": "GR", "348": "HU", "352": "IS", "372": "IE", "380": "IT", "428": "LV", "440": "LT",
    "442": "LU", "470": "MT", "498": "MD", "499": "ME", "528": "NL", "578": "NO", "616": "PL",
    "620": "PT", "642": "RO", "688": "RS", "703": "SK", "705": "SI", "724": "ES", "752": "SE",
    "756": "CH", "792": "TR", "804": "UA", "807": "MK", "826": "GB",
}  # fmt: skip
# Outlines without a number, or held by another State than the one that international law names:
# by the name of the outlines, the bounds in degrees of the part, and whose it is.
PARTS = (
    ("Kosovo", (19.0, 41.0, 23.0, 44.0), "XK"),
    ("N. Cyprus", (32.0, 34.0, 35.0, 36.0), "CY"),
    ("Russia", (32.3, 44.2, 36.8, 46.3), "UA"),
)
_WEST, _EAST, _SOUTH, _NORTH = -25.0, 42.0, 34.4, 71.3
# Lambert's azimuthal equal-area projection around the middle of Europe, as EPSG:3035 has it.
_LATITUDE, _LONGITUDE = radians(52), radians(10)
_WIDTH, _MARGIN = 640, 8
_NEAR, _SMALLEST = 2.0, 10.0
Point = tuple[float, float]


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the lines of a topology in degrees."""
    (east, north), (east_0, north_0) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * east + east_0, y * north + north_0))
        lines.append(line)
    return lines


def rings_of(geometry: dict[str, Any], arcs: list[list[Point]]) -> Iterator[list[Point]]:
    """Yield the outer rings of a country."""
    one = geometry["type"] == "Polygon"
    for polygon in [geometry["arcs"]] if one else geometry["arcs"]:
        ring: list[Point] = []
        for number in polygon[0]:
            line = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring += line[1:] if ring else line
        yield ring


def projected(point: Point) -> Point:
    """Return a place in units of the earth's radius, the north at the top."""
    longitude, latitude = radians(point[0]) - _LONGITUDE, radians(point[1])
    k = sqrt(
        2 / (1 + sin(_LATITUDE) * sin(latitude) + cos(_LATITUDE) * cos(latitude) * cos(longitude))
    )
    north = cos(_LATITUDE) * sin(latitude) - sin(_LATITUDE) * cos(latitude) * cos(longitude)
    return k * cos(latitude) * sin(longitude), -k * north


def thinned(ring: list[Point]) -> list[Point]:
    """Return a ring without the points that lie closer than a pixel to the last one kept."""
    kept = [ring[0]]
    for point in ring[1:]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= _NEAR:
            kept.append(point)
    return kept


def area(ring: list[Point]) -> float:
    """Return the area of a ring."""
    closed = pairwise([*ring, ring[0]])
    return abs(sum(x * after_y - after_x * y for (x, y), (after_x, after_y) in closed)) / 2


def in_europe(ring: list[Point]) -> bool:
    """Tell whether a part of a country lies on the map: no island of another ocean does."""
    longitude, latitude = middle(ring)
    return _WEST <= longitude <= _EAST and _SOUTH <= latitude <= _NORTH


def part_of(geometry: dict[str, Any], ring: list[Point]) -> str | None:
    """Return whose a part is that has no number, or another one's; None where nobody asks."""
    longitude, latitude = middle(ring)
    return next(
        (
            code
            for name, (west, south, east, north), code in PARTS
            if name == geometry["properties"]["name"]
            and west <= longitude <= east
            and south <= latitude <= north
        ),
        None,
    )


def middle(ring: list[Point]) -> Point:
    """Return the mean of a ring's points, in degrees."""
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def drawn(rings: list[list[Point]]) -> str:
    """Return a country as the data of an SVG path: its largest part, and all that can be seen."""
    lines = sorted((thinned(ring) for ring in rings), key=area, reverse=True)
    shown = [ring for ring in lines if area(ring) >= _SMALLEST] or lines[:1]
    return "".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in ring) + "Z" for ring in shown)


def outlines(topology: dict[str, Any]) -> dict[str, Any]:
    """Return the map: its size, and each country's path."""
    arcs = arcs_of(topology)
    found: dict[str, list[list[Point]]] = {code: [] for code in (*CODES.values(), "XK")}
    for geometry in topology["objects"]["countries"]["geometries"]:
        for ring in rings_of(geometry, arcs):
            code = CODES.get(geometry.get("id", "")) or part_of(geometry, ring)
            if code and in_europe(ring):
                found[code].append(list(map(projected, ring)))
    points = [point for rings in found.values() for ring in rings for point in ring]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    scale = (_WIDTH - 2 * _MARGIN) / (max(x for x, _ in points) - left)
    height = round((max(y for _, y in points) - top) * scale + 2 * _MARGIN)

    def placed(point: Point) -> Point:
        return (point[0] - left) * scale + _MARGIN, (point[1] - top) * scale + _MARGIN

    paths = {
        code: drawn([list(map(placed, ring)) for ring in rings]) for code, rings in found.items()
    }
    return {"width": _WIDTH, "height": height, "countries": dict(sorted(paths.items()))}


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    TARGET.write_text(json.dumps(outlines(given), indent=0) + "\n", encoding="utf-8")
