"""What is learnt from past needs: who is alike, what is lifted, and how little a lie can move."""

from dataclasses import replace
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.matching.answers.test_scan import needs, profiles
from tests.matching.documents import NOW
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.codec import parse
from aiff_matching.answers.domain.matching import Asked, Match, answer
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS, NEUTRAL, is_refused, reach
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.experience.domain import (
    LEAST_NEEDS,
    Experience,
    PastNeed,
    Sketch,
    traits_of,
)
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile

_TRAITS = st.frozensets(st.sampled_from("abcdefgh"), min_size=1, max_size=5)
_WORDS = st.frozensets(st.sampled_from("opqrstuv"), max_size=4)
_TOLD = st.builds(Sketch, _TRAITS, _WORDS)
_OFFERS = st.frozensets(st.integers(1, 6).map(lambda n: UUID(int=n)), min_size=1, max_size=3)
_PAST = st.lists(st.builds(PastNeed, _TOLD, _OFFERS), min_size=LEAST_NEEDS, max_size=60)
_FEW = Sketch(frozenset({"country:FR"}), frozenset({"gpu"}))
_OTHERS = [
    PastNeed(Sketch(frozenset({f"stage:{n}"}), frozenset({f"word{n}"})), frozenset({UUID(int=9)}))
    for n in range(LEAST_NEEDS)
]


def helped(*offers: int, told: Sketch = _FEW) -> PastNeed:
    return PastNeed(told, frozenset(UUID(int=offer) for offer in offers))


@given(_PAST, _TOLD, st.randoms())
def test_values_are_lifted_from_the_middle_whatever_the_order(past, asked, source) -> None:
    found = Experience(tuple(past)).history(asked)
    again = Experience(tuple(source.sample(past, len(past)))).history(asked)
    assert (found is None) == (again is None)
    if found is not None:
        assert all(NEUTRAL < value <= 1 + 1e-9 for value in found.values())
        assert found == pytest.approx(again)


@given(_PAST, _TOLD)
def test_an_offer_that_helped_everybody_is_lifted_by_nothing(past, asked) -> None:
    popular = UUID(int=1)
    everybody = tuple(replace(need, offers=need.offers | {popular}) for need in past)
    assert popular not in (Experience(everybody).history(asked) or {})


@given(st.integers(1, 50))
def test_a_past_need_counts_once_however_many_offers_took_care_of_it(more: int) -> None:
    """What another need was helped by is worth as much, whatever the first one also took."""
    one = [*_OTHERS, helped(1), helped(2)]
    many = [*_OTHERS, helped(1, *range(100, 100 + more)), helped(2)]
    before, after = Experience(tuple(one)).history(_FEW), Experience(tuple(many)).history(_FEW)
    assert before is not None
    assert after is not None
    for offer in (1, 2):
        assert after[UUID(int=offer)] == pytest.approx(before[UUID(int=offer)])


def test_the_words_of_a_need_count_and_not_only_who_asks() -> None:
    gpu = Sketch(_FEW.traits, frozenset({"gpu", "hour"}))
    loan = Sketch(_FEW.traits, frozenset({"loan", "bank"}))
    past = (*_OTHERS, *[helped(1, told=gpu)] * 5, *[helped(2, told=loan)] * 5)
    found = Experience(past).history(Sketch(_FEW.traits, frozenset({"gpu"})))
    assert found is not None
    assert set(found) == {UUID(int=1)}


def test_a_form_without_words_is_compared_by_its_traits() -> None:
    silent = Sketch(frozenset({"country:FR", "need:compute"}))
    past = (*_OTHERS, helped(3, told=silent))
    found = Experience(past).history(silent)
    assert found is not None
    assert set(found) == {UUID(int=3)}


def test_more_neighbours_are_heard_more_and_few_are_heard_little() -> None:
    few = Experience((*_OTHERS, helped(1))).history(_FEW)
    many = Experience((*_OTHERS, *[helped(1)] * 5)).history(_FEW)
    assert few is not None
    assert many is not None
    assert NEUTRAL < few[UUID(int=1)] < 0.75 < many[UUID(int=1)] == pytest.approx(1)


def test_nothing_is_said_before_there_are_enough_nor_where_nobody_is_alike() -> None:
    few = (*_OTHERS[:-2], helped(1))
    assert Experience(few).history(_FEW) is None
    assert Experience((*few, _OTHERS[0])).history(_FEW) is not None
    assert Experience((*few, _OTHERS[0])).history(Sketch(frozenset({"z"}))) is None
    assert Experience((*few, _OTHERS[0])).history(Sketch(frozenset())) is None


def test_traits_are_what_was_shown_and_silence_is_none() -> None:
    profile = {"sectors": ["health"], "stage": None, "country": "FR", "name": "Secret"}
    need = {"kinds": ["compute"], "compute": {}, "funding": None}
    assert traits_of(profile, need) == {
        "sectors:health",
        "country:FR",
        "kinds:compute",
        "need:compute",
    }


def _unmoved(match: Match) -> float:
    """Return the score as it would be if history said nothing of this offer."""
    part = next(p for p in match.scored.contributions if p.criterion == "history")
    return match.scored.score - part.contribution * (1 - NEUTRAL / part.value)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profiles, needs, st.lists(st.integers(0, 170), min_size=1, max_size=9, unique=True))
def test_a_false_history_moves_no_score_by_more_than_half_of_its_reach(
    profile: dict, need: dict, wrong: list[int]
) -> None:
    """Whatever a lie says, nothing passes what is better by more than that without it."""
    catalogue, gpus = real_catalogue(), packaged_gpu_table()
    lies = frozenset(catalogue.candidates[row].offer.id for row in wrong)
    told = Sketch(traits_of(profile, need), frozenset())
    past = (*_OTHERS, *[PastNeed(told, lies)] * 20)
    asked = Asked(parse(Profile, profile), parse(Need, need), frozenset(), DEFAULT_WEIGHTS, 10_000)
    lied = replace(catalogue, experience=Experience(past))
    bound = reach("history", DEFAULT_WEIGHTS) * (1 - NEUTRAL)
    assert bound < 0.08
    shown = [m for m in answer(asked, lied, gpus, NOW).matches if not is_refused(m.scored)]
    for first, second in pairwise(shown):
        assert _unmoved(first) >= _unmoved(second) - bound - 1e-9
