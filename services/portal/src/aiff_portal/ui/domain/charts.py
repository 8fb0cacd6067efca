"""Numbers as shapes of a drawing, in its own units; words and colours are the page's.

Two quantities that are known within bounds are drawn as a box from the lower to the upper bound
of both. An upper bound that nobody knows reaches the edge and is marked as open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Mark = Literal["disc", "triangle", "square", "ring"]

WIDTH, HEIGHT = 720.0, 400.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 96.0, 16.0, 14.0, 44.0
_LINE = 17.0
_LABEL_GAP = 34.0
# The steps of an axis that people can read off.
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Extent:
    """A number within bounds, both included; `high` None is unknown."""

    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """What is drawn: its label on the chart, its words for those who point at it, its mark."""

    label: str
    words: str
    x: Extent
    y: Extent
    mark: Mark


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis with its words."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A point on the drawing: where its mark stands, how far its bounds reach, where its label is.

    `open` says that the upper bound of x is unknown; `anchor` at which end of its label
    `label_x` is, so that no label leaves the drawing.
    """

    label: str
    words: str
    mark: Mark
    x: float
    y: float
    right: float
    top: float
    bottom: float
    open: bool
    label_x: float
    label_y: float
    anchor: Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of `width` by `height`, with its axes and what stands between them."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    shapes: tuple[Shape, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]


def round_steps(most: float, count: int = 5) -> tuple[float, ...]:
    """Return round numbers from zero to the first at or above the largest, about `count` steps."""
    if most <= 0:
        return (0.0, 1.0)
    rough = most / count
    power = 10.0 ** _exponent(rough)
    step = next(one * power for one in _STEPS if one * power >= rough * (1 - 1e-9))
    number = 0
    while number * step < most * (1 - 1e-9):
        number += 1
    return tuple(round(place * step, 9) for place in range(number + 1))


def range_chart(points: Sequence[Point], x_ticks: Sequence[Tick], y_ticks: Sequence[Tick]) -> Chart:
    """Return a chart whose axes begin and end with their first and last tick."""
    right, bottom = WIDTH - _RIGHT, HEIGHT - _BOTTOM
    x_axis = _Axis(x_ticks[0].at, x_ticks[-1].at, _LEFT, right)
    y_axis = _Axis(y_ticks[0].at, y_ticks[-1].at, bottom, _TOP)
    shapes = [_shape(point, x_axis, y_axis) for point in points]
    return Chart(
        WIDTH,
        HEIGHT,
        _LEFT,
        right,
        _TOP,
        bottom,
        tuple(_apart(shapes)),
        tuple(Tick(x_axis.place(tick.at), tick.words) for tick in x_ticks),
        tuple(Tick(y_axis.place(tick.at), tick.words) for tick in y_ticks),
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    """From what is drawn to where it is drawn."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where a value stands; one beyond the axis stands at its end."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return round(self.start + min(1.0, max(0.0, share)) * (self.end - self.start), 2)


def _shape(point: Point, x_axis: _Axis, y_axis: _Axis) -> Shape:
    x, low = x_axis.place(point.x.low), y_axis.place(point.y.low)
    high = low if point.y.high is None else y_axis.place(point.y.high)
    middle = round((low + high) / 2, 2)
    late = x > (x_axis.start + 2 * x_axis.end) / 3
    last = x_axis.high if point.x.high is None else point.x.high
    return Shape(
        point.label,
        point.words,
        point.mark,
        x,
        middle,
        x_axis.place(last),
        high,
        low,
        point.x.high is None,
        round(x + (-_LABEL_GAP if late else _LABEL_GAP), 2),
        middle,
        "end" if late else "start",
    )


def _apart(shapes: Sequence[Shape]) -> Iterable[Shape]:
    """Yield shapes with labels that do not cover each other, each as near its mark as can be.

    A label may only be moved up or down. The least squares of the moves are those of isotonic
    regression on the places less their rank (pool adjacent violators).
    """
    ordered = sorted(shapes, key=lambda one: one.y)
    pools: list[tuple[float, int]] = []
    for rank, shape in enumerate(ordered):
        pools.append((shape.y - rank * _LINE, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, ones), (two, twos) = pools[-2:]
            pools[-2:] = [((one * ones + two * twos) / (ones + twos), ones + twos)]
    places = [place for place, count in pools for _ in range(count)]
    # The lowest label may not fall below the axis, the highest not above the drawing.
    least, most = _TOP, HEIGHT - _BOTTOM - _LINE / 2 - (len(ordered) - 1) * _LINE
    for rank, (shape, place) in enumerate(zip(ordered, places, strict=True)):
        held = min(max(place, least), max(most, least))
        yield replace(shape, label_y=round(held + rank * _LINE, 2))


def _exponent(value: float) -> int:
    """Return the power of ten at or below a positive number."""
    return int(f"{value:e}".partition("e")[2])
