"""The EU size class with linked and partner enterprises (Recommendation 2003/361/EC)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.codec import Faults, parse
from aiff_matching.profiles.domain.facts import size
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.profiles.domain.size_words import size_sentences
from aiff_matching.profiles.domain.sizes import SIZES
from aiff_matching.shared.intervals import Between

SMALL = {"headcount": 40, "turnover_eur": 8e6, "balance_sheet_eur": 5e6}
MICRO = {"headcount": 5, "turnover_eur": 5e5, "balance_sheet_eur": 3e5}
MEDIUM = {"headcount": 100, "turnover_eur": 30e6, "balance_sheet_eur": 20e6}
GROUP = {"headcount": 3000, "turnover_eur": 9e8, "balance_sheet_eur": 9e8}


def classes(own: dict, enterprises: list | None = None, previous: list | None = None) -> set[str]:
    answers = own | {"enterprises": enterprises, "previous_accounts": previous}
    return set(size(parse(Profile, answers)).classes)


def linked(**figures: float) -> dict:
    return {"relation": "linked", **figures}


def test_a_linked_enterprise_counts_whole() -> None:
    assert classes(SMALL) == {"small"}
    assert classes(SMALL, [linked(**MEDIUM)]) == {"medium"}
    assert classes(SMALL, [linked(**GROUP)]) == {"midcap"}


def test_a_partner_counts_by_its_share() -> None:
    partner = {"relation": "partner", "share": 0.3, **MEDIUM}
    found = size(parse(Profile, SMALL | {"enterprises": [partner]}))
    assert found.totals.headcount == Between(70, 70)
    assert found.classes == {"medium"}


def test_an_unstated_share_of_a_partner_is_what_the_law_calls_a_partner() -> None:
    partner = {"relation": "partner", "headcount": 30, "turnover_eur": 0, "balance_sheet_eur": 0}
    found = size(parse(Profile, SMALL | {"enterprises": [partner]}))
    assert found.totals.headcount == Between(47.5, 55)
    assert found.classes == {"small", "medium"}


def test_an_unknown_figure_of_a_linked_enterprise_leaves_every_larger_class_possible() -> None:
    assert classes(SMALL, [linked(headcount=5)]) == {"small"} | set(SIZES[2:])
    assert classes(SMALL, [linked()]) == set(SIZES[1:])


def test_an_investor_of_up_to_half_does_not_count() -> None:
    assert classes(SMALL, [{"relation": "investor", "share": 0.45, **GROUP}]) == {"small"}


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.2, {"small"}), (0.25, {"midcap"}), ({"min": 0.1, "max": 0.4}, {"small", "midcap"})],
)
def test_a_quarter_in_public_hands_is_no_sme(share: object, expected: set[str]) -> None:
    assert classes(SMALL, [{"relation": "public_body", "share": share}]) == expected


def test_shares_of_public_bodies_add_up() -> None:
    body = {"relation": "public_body", "share": 0.15}
    assert classes(SMALL, [body, body]) == {"midcap"}


@pytest.mark.parametrize(
    ("previous", "expected"),
    [
        ([SMALL], {"small"}),
        ([MICRO], {"micro", "small"}),
        ([MICRO, MICRO], {"micro"}),
        ([MEDIUM, MEDIUM], {"medium"}),
        ([MICRO, SMALL, SMALL], {"small"}),
    ],
)
def test_a_ceiling_is_passed_after_two_years_in_a_row(previous: list, expected: set) -> None:
    assert classes(SMALL, None, previous) == expected


@pytest.mark.parametrize(
    "entry",
    [
        {"relation": "partner", "share": 0.2},
        {"relation": "partner", "share": 0.6},
        {"relation": "investor", "share": 0.7},
        {"relation": "cousin"},
    ],
)
def test_a_share_that_makes_it_another_relation_is_refused(entry: dict) -> None:
    with pytest.raises(Faults):
        parse(Profile, {"enterprises": [entry]})


def test_the_steps_name_what_was_counted_and_how() -> None:
    partner = {"relation": "partner", "name": "Beta", "share": 0.3, **MEDIUM}
    told = size_sentences(size(parse(Profile, SMALL | {"enterprises": [partner]})))
    assert told[0].fr == "Entreprise partenaire Beta : comptée au prorata, 30\u00a0%"
    assert told[1].en == "Headcount that counts: 70 people"
    alone = size_sentences(size(parse(Profile, SMALL)))
    assert "aucune entreprise liée ou partenaire n'est indiquée" in alone[0].fr


spans = st.tuples(st.integers(0, 400), st.integers(0, 400)).map(sorted)
_FIGURES = ("headcount", "turnover_eur", "balance_sheet_eur")


def _figures(draw: st.DrawFn) -> tuple[dict, dict]:
    """Figures within bounds, and one completion of them."""
    vague, exact = {}, {}
    for name in _FIGURES:
        low, high = draw(spans)
        unit = 1 if name == "headcount" else 200_000
        exact[name] = draw(st.sampled_from((low, high))) * unit
        if draw(st.booleans()):
            vague[name] = {"min": low * unit, "max": high * unit}
    return vague, exact


@st.composite
def groups(draw: st.DrawFn) -> tuple[dict, dict]:
    vague, exact = _figures(draw)
    others = []
    for _ in range(draw(st.integers(0, 3))):
        relation = draw(st.sampled_from(("linked", "partner", "investor", "public_body")))
        share = draw(st.sampled_from((0.25, 0.3, 0.5)))
        less, more = _figures(draw)
        told = {"share": share} if draw(st.booleans()) else {}
        others.append(
            ({"relation": relation, **told, **less}, {"relation": relation, "share": share, **more})
        )
    partial = vague | {"enterprises": [less for less, _ in others]}
    return partial, exact | {"enterprises": [more for _, more in others]}


@given(groups(), st.randoms(use_true_random=False))
def test_completed_figures_give_a_class_that_was_possible_in_any_order(group, random) -> None:
    partial, exact = group
    found = size(parse(Profile, exact)).classes
    assert len(found) == 1
    assert found <= size(parse(Profile, partial)).classes
    random.shuffle(exact["enterprises"])
    assert size(parse(Profile, exact)).classes == found
