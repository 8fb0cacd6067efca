"""Attention of answers is measured by place, and who has too much of it yields."""

import pytest

from aiff_matching.experience.domain import (
    LEAST_ATTENTION,
    attention,
    over_exposed,
    shares,
)


def test_attention_falls_with_the_place_and_ends_with_the_first_page() -> None:
    found = attention(["a", "b", "a", *["c"] * 20])
    assert found["a"] == pytest.approx(1 + 1 / 2)
    assert found["b"] == pytest.approx(0.6309, abs=1e-4)
    assert sum(found.values()) == pytest.approx(sum(attention("abcdefghij").values()))


def test_who_is_above_the_cap_yields_once_enough_was_measured() -> None:
    few = {"a": LEAST_ATTENTION * 0.6, "b": LEAST_ATTENTION * 0.3}
    enough = {name: value * 2 for name, value in few.items()}
    assert over_exposed(few, 0.5) == frozenset()
    assert over_exposed(enough, 0.5) == {"a"}
    assert over_exposed(enough, 1.0) == frozenset()
    assert shares(enough) == {"a": pytest.approx(2 / 3), "b": pytest.approx(1 / 3)}
    assert shares({}) == {}
