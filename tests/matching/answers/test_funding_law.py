"""The law on aid, asked as founders ask: ceilings, categories, activities, legal forms."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.matching.documents import cmp, grant

from aiff_contracts.codec import parse
from aiff_matching.answers.domain.matching import Asked, Match, answer
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.offers.domain.building import build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile

LAST_DAY, DAY_AFTER = datetime(2026, 11, 30, 12, tzinfo=UTC), datetime(2026, 12, 1, 12, tzinfo=UTC)
FOUNDER: dict[str, Any] = {
    "country": "FR", "organisation_type": "startup", "has_legal_entity": True,
    "created_on": "2025-06-02", "headcount": 4, "turnover_eur": 100_000,
    "balance_sheet_eur": 80_000, "enterprises": [], "ai_company": True, "deeptech": True,
    "sites": ["COM-75056"], "prior_aid": [],
}  # fmt: skip
PARENT = {
    "relation": "linked", "name": "Société mère", "share": 1, "headcount": 40,
    "turnover_eur": 4_000_000, "balance_sheet_eur": 3_000_000,
}  # fmt: skip
AID = {"offer": "aide-regionale", "amount_eur": 300_000, "granted_on": "2023-11-30"}
UNDER_CEILING = build([grant("aide", details={"stacking": {"de_minimis": True}})], 1)


def ask(catalogue: Catalogue, now: datetime = LAST_DAY, **profile: Any) -> Match:
    stated, need = parse(Profile, FOUNDER | profile), parse(Need, {"kinds": ["funding"]})
    asked = Asked(stated, need, frozenset(), DEFAULT_WEIGHTS, 300)
    (match,) = answer(asked, catalogue, packaged_gpu_table(), now).matches
    return match


def if_open(match: Match) -> str:
    return match.scored.assessment.decision.if_open


def said(match: Match) -> str:
    reasons = match.reasons
    parts = (*reasons.passing, *reasons.failing, *reasons.unknown)
    return " / ".join(reason.sentence.fr for reason in parts)


def test_aid_of_three_years_ago_still_fills_the_ceiling_on_the_last_day() -> None:
    aid = [AID | {"de_minimis": True}]
    full = ask(UNDER_CEILING, prior_aid=aid)
    assert if_open(full) == "not_eligible"
    assert any("1er décembre 2026" in way.sentence.fr for way in full.counterfactuals)
    assert if_open(ask(UNDER_CEILING, DAY_AFTER, prior_aid=aid)) != "not_eligible"


def test_a_subsidiary_is_not_told_of_room_that_its_parent_may_have_used() -> None:
    unsaid = ask(UNDER_CEILING, enterprises=[PARENT])
    assert if_open(unsaid) == "unknown"
    assert "reste du plafond" not in said(unsaid)
    nothing = ask(UNDER_CEILING, enterprises=[PARENT | {"prior_aid": []}])
    assert if_open(nothing) != "unknown"
    assert "reste du plafond" in said(nothing)
    spent = PARENT | {"de_minimis_received_eur": 300_000}
    assert if_open(ask(UNDER_CEILING, enterprises=[spent])) == "not_eligible"


def test_a_company_of_four_is_in_the_category_pme() -> None:
    pme = grant("aide", cmp("company_size", "in", ("micro", "small", "medium")))
    assert if_open(ask(build([pme], 1))) != "not_eligible"


@pytest.mark.parametrize(
    ("activity", "asked", "verdict"),
    [
        ({"naf": "6201Z"}, ("62.01Z",), "met"),
        ({"naf": "62.01Z"}, ("J",), "met"),
        ({"naf": "62.10Y"}, ("naf_2025:K",), "met"),
        ({"naf": "V"}, ("V",), "met"),
        ({"naf": "99.00Y"}, ("V",), "met"),
        ({"naf": "62.01Z", "naf_2025": "62.10Y"}, ("62.10Y",), "met"),
        ({"naf": "62.01Z", "naf_2025": "K"}, ("naf_2025:K",), "met"),
        ({"naf": "62.01Z"}, ("K",), "not_eligible"),
        ({"naf": "62.10Y"}, ("naf_2025:L",), "not_eligible"),
        ({"naf": "62.10Y"}, ("J",), "unknown"),
        ({"naf": "62.01Z"}, ("62.10Y",), "unknown"),
        ({"naf": "K"}, ("K",), "unknown"),
        ({"naf": "62"}, ("62.01Z",), "unknown"),
        ({}, ("J",), "unknown"),
    ],
)
def test_an_activity_is_compared_in_its_own_nomenclature(
    activity: dict[str, str], asked: tuple[str, ...], verdict: str
) -> None:
    found = ask(build([grant("aide", cmp("naf", "prefix", asked))], 1), **activity)
    allowed = {"met": {"eligible", "to_confirm"}}.get(verdict, {verdict})
    assert if_open(found) in allowed


def test_the_answer_tells_the_nomenclature_of_a_code() -> None:
    found = ask(build([grant("aide", cmp("naf", "prefix", ("K",)))], 1), naf="6201Z")
    assert "62.01Z (NAF rév. 2)" in said(found)


@pytest.mark.parametrize(
    ("form", "op", "asked", "verdict"),
    [
        ("SASU", "in", ("SAS",), "met"),
        ("sasu", "in", ("S.A.S.",), "met"),
        ("Société par actions simplifiée", "in", ("SAS", "SARL"), "met"),
        ("SAS", "in", ("SASU",), "unknown"),
        ("EURL", "in", ("SARL",), "met"),
        ("EURL", "in", ("SAS",), "not_eligible"),
        ("Micro-entreprise", "not_in", ("EI",), "not_eligible"),
        ("EI", "not_in", ("Microentrepreneur",), "unknown"),
        ("SA", "not_in", ("Microentrepreneur", "EI"), "met"),
        ("SCOP", "in", ("SAS", "SARL"), "unknown"),
    ],
)
def test_a_legal_form_is_in_the_form_that_contains_it(
    form: str, op: str, asked: tuple[str, ...], verdict: str
) -> None:
    found = ask(build([grant("aide", cmp("legal_form", op, asked))], 1), legal_form=form)
    allowed = {"met": {"eligible", "to_confirm"}}.get(verdict, {verdict})
    assert if_open(found) in allowed
