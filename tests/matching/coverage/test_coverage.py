"""What is counted of needs, and what is never shown of a few."""

from uuid import uuid4

import pytest

from aiff_matching.coverage.domain import CoverageCount, JudgedNeed
from aiff_matching.profiles.domain.profile import Profile

PARIS = Profile(country="FR", sites=("COM-75056",), sectors=("health",))
SILENT = Profile()


def judged(verdicts=(), kinds=("funding",), profile=PARIS, startup=None):
    return JudgedNeed(
        startup_id=startup or uuid4(),
        profile=profile,
        kinds=frozenset(kinds),
        verdicts=dict(verdicts),
    )


def counted(*needs):
    count = CoverageCount()
    for need in needs:
        count.add(need)
    return {(one.grouping, one.key, one.level): one.needs for one in count.figures()}


@pytest.mark.parametrize(
    ("verdict", "level"),
    [
        ("eligible", "eligible"),
        ("to_confirm", "to_confirm"),
        ("unknown", "unknown"),
        ("closed", "closed"),
        ("not_eligible", "none"),
        (None, "none"),
    ],
)
def test_a_need_is_covered_as_its_best_offer(verdict, level):
    verdicts = {} if verdict is None else {"funding": verdict}
    found = counted(*(judged(verdicts) for _ in range(5)))
    assert found["all", "all", level] == found["kind", "funding", level] == 5


def test_a_need_is_covered_as_its_least_covered_kind():
    both = [judged({"compute": "eligible"}, ("compute", "funding")) for _ in range(5)]
    found = counted(*both)
    assert found["kind", "compute", "eligible"] == found["kind", "funding", "none"] == 5
    assert found["all", "all", "none"] == 5


def test_a_need_that_names_no_kind_is_covered_by_any():
    found = counted(*(judged({"training": "eligible"}, ()) for _ in range(5)))
    assert found["kind", "any", "eligible"] == found["all", "all", "eligible"] == 5


def test_needs_are_grouped_by_sector_and_by_the_region_of_the_seat():
    found = counted(*(judged() for _ in range(5)))
    assert found["sector", "health", "none"] == 5
    assert found["region", "REG-11", "none"] == 5


def test_who_said_nothing_is_a_group_of_its_own():
    found = counted(*(judged(profile=SILENT) for _ in range(5)))
    assert found["sector", "unknown", "none"] == found["region", "unknown", "none"] == 5


def test_a_company_abroad_is_counted_by_its_country():
    abroad = Profile(country="BE", sites=("BE",))
    assert counted(*(judged(profile=abroad) for _ in range(5)))["region", "BE", "none"] == 5


def test_fewer_than_five_start_ups_are_not_shown_however_many_needs_they_have():
    startups = [uuid4() for _ in range(4)]
    assert counted(*(judged(startup=one) for one in startups for _ in range(10))) == {}


def test_small_groups_are_shown_together_where_they_are_enough_together():
    sectors = ("health", "energy", "finance")
    needs = [
        judged(profile=Profile(country="FR", sectors=(sector,)))
        for sector in sectors
        for _ in range(2)
    ]
    found = counted(*needs)
    assert {key for grouping, key, _ in found if grouping == "sector"} == {"others"}
    assert found["sector", "others", "none"] == 6
