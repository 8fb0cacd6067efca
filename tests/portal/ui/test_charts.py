"""Drawings have the numbers that they were given, and labels that can be read."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aiff_portal.ui.domain.charts import Extent, Point, Tick, range_chart, round_steps

NUMBERS = st.floats(0, 1_000, allow_nan=False)
EXTENTS = st.builds(
    lambda low, more: Extent(low, None if more is None else low + more),
    NUMBERS,
    st.none() | st.floats(0, 500),
)
POINTS = st.lists(
    st.builds(Point, st.just("1"), st.just("one"), EXTENTS, EXTENTS, st.just("disc")), max_size=14
).map(lambda points: [replace(one, label=str(place)) for place, one in enumerate(points)])
AXES = ([Tick(0, "0"), Tick(1_500, "1 500")], [Tick(0, "0"), Tick(1_500, "1 500")])


@given(POINTS)
def test_places_can_be_read_back_as_the_numbers(points):
    chart = range_chart(points, *AXES)
    wide, tall = chart.right - chart.left, chart.bottom - chart.top
    for shape in chart.shapes:
        x, y = points[int(shape.label)].x, points[int(shape.label)].y
        high = y.low if y.high is None else y.high
        assert abs((shape.x - chart.left) / wide * 1_500 - x.low) < 0.1
        assert abs((chart.bottom - shape.bottom) / tall * 1_500 - y.low) < 0.1
        assert abs((chart.bottom - shape.top) / tall * 1_500 - high) < 0.1
    assert len(chart.shapes) == len(points)


@given(POINTS)
def test_labels_cover_no_other_and_stay_on_the_drawing(points):
    chart = range_chart(points, *AXES)
    places = sorted(shape.label_y for shape in chart.shapes)
    assert all(after - before >= 16.9 for before, after in pairwise(places))
    assert all(chart.top <= place <= chart.bottom for place in places)
    assert all(chart.left <= shape.label_x <= chart.right for shape in chart.shapes)


@given(POINTS)
def test_an_unknown_end_reaches_the_edge_and_is_open(points):
    for shape in range_chart(points, *AXES).shapes:
        assert shape.right >= shape.x
        assert not shape.open or shape.right == 704
    assert sum(shape.open for shape in range_chart(points, *AXES).shapes) == sum(
        point.x.high is None for point in points
    )


@given(st.floats(0.01, 1e12))
def test_steps_are_round_even_and_hold_the_largest(most):
    steps = round_steps(most)
    assert steps[0] == 0
    assert steps[-1] >= most * (1 - 1e-6)
    assert 2 <= len(steps) <= 7
    gaps = [after - before for before, after in pairwise(steps)]
    assert max(gaps) - min(gaps) <= max(gaps) * 1e-6
