"""What is learnt from use: neighbours that were helped, and attention shared out."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_matching.experience.domain import (
    LEAST_ACCEPTANCES,
    LEAST_ATTENTION,
    Acceptance,
    Experience,
    attention,
    over_exposed,
    shares,
    traits_of,
)

_TRAITS = st.frozensets(st.sampled_from("abcdefgh"), min_size=1, max_size=5)
_ACCEPTED = st.lists(st.tuples(st.integers(1, 6), _TRAITS), min_size=LEAST_ACCEPTANCES, max_size=60)


def learnt(accepted: list[tuple[int, frozenset[str]]]) -> Experience:
    return Experience(tuple(Acceptance(UUID(int=offer), traits) for offer, traits in accepted))


@given(_ACCEPTED, _TRAITS, st.randoms())
def test_shares_lie_between_zero_and_one_whatever_the_order(accepted, traits, source) -> None:
    found = learnt(accepted).history(traits)
    again = learnt(source.sample(accepted, len(accepted))).history(traits)
    assert (found is None) == (again is None)
    if found is not None:
        assert sum(found.values()) == pytest.approx(1)
        assert found == pytest.approx(again)


@given(_ACCEPTED, _TRAITS)
def test_one_more_like_me_who_was_helped_never_counts_against_the_offer(accepted, traits) -> None:
    before = learnt(accepted).history(traits) or {}
    after = learnt([*accepted, (1, traits)]).history(traits)
    assert after[UUID(int=1)] >= before.get(UUID(int=1), 0.0) - 1e-9


def test_nothing_is_said_before_there_are_enough() -> None:
    few = [(1, frozenset("a"))] * (LEAST_ACCEPTANCES - 1)
    assert learnt(few).history(frozenset("a")) is None
    assert learnt([*few, few[0]]).history(frozenset("a")) == {UUID(int=1): pytest.approx(1)}
    assert learnt([*few, few[0]]).history(frozenset("z")) is None
    assert learnt([*few, few[0]]).history(frozenset()) is None


def test_traits_are_what_was_shown_and_silence_is_none() -> None:
    profile = {"sectors": ["health"], "stage": None, "country": "FR", "name": "Secret"}
    need = {"kinds": ["compute"], "compute": {}, "funding": None}
    assert traits_of(profile, need) == {
        "sectors:health",
        "country:FR",
        "kinds:compute",
        "need:compute",
    }


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
