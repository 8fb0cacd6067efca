"""The partner's interest and the score of both sides."""

import random
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.codec import parse
from aiff_matching.introductions.domain.dossiers import Applicant
from aiff_matching.partners.domain.finding import Findable, interest, overlap
from aiff_matching.partners.domain.reciprocity import for_order, reciprocal
from aiff_matching.partners.domain.searches import PartnerSearch
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import Truth

TODAY = date(2026, 11, 24)
_SCORES = st.floats(0, 1)
_SECTORS = st.lists(st.sampled_from(["health", "energy", "finance"]), min_size=1, unique=True)
_PROFILES = st.fixed_dictionaries(
    {},
    optional={
        "sectors": _SECTORS,
        "stage": st.sampled_from(["seed", "prototype"]),
        "headcount": st.integers(1, 400),
        "organisation_type": st.sampled_from(["startup", "sme", "lab"]),
        "sites": st.sampled_from([["DEP-75"], ["DEP-69"], ["FR"]]),
    },
)
_SEARCHES = st.fixed_dictionaries(
    {"title": st.just("x")},
    optional={
        "sectors": _SECTORS,
        "stages": st.just(["seed"]),
        "organisation_types": st.just(["startup", "sme"]),
        "territories": st.just(["REG-11"]),
        "kinds": st.just(["compute"]),
        "capacity": st.just({"gpu_hours": 1000}),
    },
)
_JOBS = st.one_of(st.none(), st.integers(1, 5000))


def judged(search: dict, profile: dict, hours: int | None):
    need = Need() if hours is None else parse(Need, {"compute": {"gpu_hours": hours}})
    found = Findable(UUID(int=1), UUID(int=2), Applicant(parse(Profile, profile), need), ())
    return interest(parse(PartnerSearch, search), found, TODAY, lambda told: overlap("gpu", told))


@given(_SCORES, _SCORES)
def test_the_score_of_both_lies_between_them_and_prefers_nobody(one: float, other: float) -> None:
    both = reciprocal(one, other)
    assert both == reciprocal(other, one)
    assert min(one, other) - 1e-9 <= both <= max(one, other) + 1e-9


@given(_SCORES)
def test_an_unknown_side_is_unknown_and_orders_in_the_middle(one: float) -> None:
    assert reciprocal(one, None) is None
    assert reciprocal(None, one) is None
    assert for_order(one, None) == reciprocal(one, 0.5)


@given(_SEARCHES, _PROFILES, _JOBS, st.data())
def test_saying_more_only_settles_what_was_open(
    search: dict, profile: dict, hours: int | None, data: st.DataObject
) -> None:
    told = judged(search, profile, hours)
    kept = data.draw(st.sets(st.sampled_from(sorted(profile)))) if profile else set()
    silent = judged(search, {name: profile[name] for name in kept}, hours)
    for before, after in zip(silent.requirements, told.requirements, strict=True):
        assert before.code == after.code
        assert before.truth in {Truth.UNKNOWN, after.truth}


@given(_SEARCHES, _PROFILES, _JOBS)
def test_the_score_is_the_sum_of_its_parts_and_lies_between_zero_and_one(
    search: dict, profile: dict, hours: int | None
) -> None:
    found = judged(search, profile, hours)
    assert abs(found.score - sum(part.contribution for part in found.contributions)) < 1e-9
    assert 0 <= found.score <= 1
    for part in found.contributions:
        assert part.known or part.value == 0.5


@given(_SEARCHES, _PROFILES, _JOBS, st.randoms())
def test_the_order_in_which_things_are_named_changes_nothing(
    search: dict, profile: dict, hours: int | None, source: random.Random
) -> None:
    shuffled = dict(profile)
    if "sectors" in shuffled:
        shuffled["sectors"] = source.sample(shuffled["sectors"], len(shuffled["sectors"]))
    found, again = judged(search, profile, hours), judged(search, shuffled, hours)
    assert (found.truth, found.score) == (again.truth, again.score)
