"""The best options among values that are known within bounds, against brute force.

Values lie on a small grid, so that every state of the world can be tried.
"""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from aiff_matching.plans.domain.pareto import (
    Point,
    dominances,
    may_dominate,
    outranks,
    surely_dominates,
)
from aiff_matching.shared.intervals import Between

_GRID = range(3)
_spans = st.tuples(st.sampled_from(_GRID), st.sampled_from(_GRID)).map(
    lambda pair: Between(min(pair), max(pair))
)
_points = st.tuples(_spans, _spans)
_fields = st.lists(_points, min_size=1, max_size=3).map(
    lambda points: {f"o{place}": point for place, point in enumerate(points)}
)
State = tuple[tuple[float, ...], ...]


def states(point: Point) -> list[tuple[float, ...]]:
    return list(product(*[range(int(span.low), int(span.high) + 1) for span in point]))


def beats(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one != other and all(mine <= theirs for mine, theirs in zip(one, other, strict=True))


def optimal_in(place: int, world: State) -> bool:
    return not any(beats(other, world[place]) for other in world)


@settings(max_examples=400, deadline=None)
@given(_fields)
def test_marks_are_those_of_every_state_of_the_world(field: dict[str, Point]) -> None:
    worlds = list(product(*map(states, field.values())))
    found = dominances(field)
    for place, key in enumerate(field):
        seen = {optimal_in(place, world) for world in worlds}
        expected = "surely" if seen == {True} else "possibly" if True in seen else "no"
        assert found[key].optimal == expected
        assert bool(found[key].dominated_by) == (expected == "no")


@settings(max_examples=400, deadline=None)
@given(_points, _points)
def test_dominance_holds_in_all_states_or_in_some(one: Point, other: Point) -> None:
    outcomes = {beats(*pair) for pair in product(states(one), states(other))}
    assert surely_dominates(one, other) == (outcomes == {True})
    assert may_dominate(one, other) == (True in outcomes)


@given(_fields)
def test_an_option_is_best_in_a_criterion_only_if_no_state_has_a_better_one(
    field: dict[str, Point],
) -> None:
    for key, dominance in dominances(field).items():
        for place in dominance.best_in:
            others = [point[place].low for name, point in field.items() if name != key]
            assert all(field[key][place].high <= low for low in others)


@given(_fields)
def test_the_order_of_the_options_does_not_matter(field: dict[str, Point]) -> None:
    backwards = dict(reversed(list(field.items())))
    for key, dominance in dominances(field).items():
        assert dominances(backwards)[key].optimal == dominance.optimal


@given(st.lists(_points, min_size=2, max_size=6))
def test_no_option_outranks_itself_around_a_circle(points: list[Point]) -> None:
    def reached(start: int) -> set[int]:
        seen: set[int] = set()
        edge = [start]
        while edge:
            here = edge.pop()
            new = [n for n, p in enumerate(points) if n not in seen and outranks(points[here], p)]
            seen.update(new)
            edge.extend(new)
        return seen

    assert all(place not in reached(place) for place in range(len(points)))


def test_an_unknown_cost_is_neither_beaten_by_guess_nor_best() -> None:
    unknown = (Between(1, 1), Between(0, float("inf")))
    cheap = (Between(1, 1), Between(5, 5))
    dear = (Between(1, 1), Between(9, 9))
    found = dominances({"unknown": unknown, "cheap": cheap, "dear": dear})
    assert [found[key].optimal for key in ("unknown", "cheap", "dear")] == [
        "possibly",
        "possibly",
        "no",
    ]
    assert found["dear"].dominated_by == ("cheap",)
    assert 1 not in found["unknown"].best_in


def test_what_nobody_publishes_does_not_hide_what_is_published() -> None:
    silent = Between(0, 7)
    fast, slow = (Between(1, 1), silent), (Between(2, 2), silent)
    found = dominances({"fast": fast, "slow": slow})
    assert found["slow"].optimal == "possibly"
    assert found["slow"].outranked_by == ("fast",)
    assert found["fast"].outranked_by == ()
