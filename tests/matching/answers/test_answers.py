"""The whole answer: order, next question, what time or a number would change."""

import random
from datetime import date, timedelta

import pytest
from tests.matching.documents import NOW, STARTUP, cmp, compute, grant, mode

from aiff_contracts.codec import parse
from aiff_contracts.offer import OfferDocument
from aiff_matching.answers.domain.matching import Answer, Asked, answer
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.offers.domain.building import build
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile

GPUS = packaged_gpu_table()


def ask(
    offers: list[OfferDocument], profile: dict | None = None, need: dict | None = None, limit=20
) -> Answer:
    asked = Asked(
        parse(Profile, STARTUP if profile is None else profile),
        parse(Need, need or {}),
        frozenset(),
        DEFAULT_WEIGHTS,
        limit,
    )
    return answer(asked, build(offers, 1), GPUS, NOW)


def slugs(found: Answer) -> list[str]:
    return [match.scored.slug for match in found.matches]


def verdict(found: Answer) -> str:
    return found.matches[0].scored.assessment.decision.verdict


def many() -> list[OfferDocument]:
    rules = [
        cmp("headcount", "<", 50),
        cmp("headcount", ">", 50),
        cmp("trl", ">=", 4),
        None,
    ]
    return [
        grant(f"offre-{n:02}", rules[n % 4], provider=f"org-{n % 5}", title=f"santé {n % 3}")
        for n in range(24)
    ]


def test_the_order_of_the_offers_does_not_matter() -> None:
    offers = many()
    mixed = random.Random(1).sample(offers, len(offers))
    need = {"description": "santé"}
    assert slugs(ask(mixed, need=need)) == slugs(ask(offers, need=need))


def test_a_score_lies_between_zero_and_one_and_is_the_sum_of_its_parts() -> None:
    for match in ask(many(), need={"description": "santé 1"}).matches:
        assert 0 <= match.scored.score <= 1
        total = sum(part.contribution for part in match.scored.contributions)
        assert total == pytest.approx(match.scored.score, abs=1e-5)


def test_many_offers_of_one_provider_stand_where_their_scores_put_them() -> None:
    rule = cmp("headcount", "<", 50)
    favourites = [grant(f"a-{n}", rule, provider="grand", title="santé") for n in range(8)]
    others = [grant(f"b-{n}", rule, provider=f"petit-{n}") for n in range(8)]
    top = slugs(ask(favourites + others, need={"description": "santé"}))[:10]
    assert top[:8] == [f"a-{n}" for n in range(8)]


def test_the_next_question_settles_most_and_ends_when_nothing_is_open() -> None:
    offers = [
        grant("a-trl", cmp("trl", ">=", 4)),
        grant("b-trl", cmp("trl", "<=", 3)),
        grant("c-deep", cmp("deeptech", "==", True)),
    ]
    found = ask(offers)
    assert found.question is not None
    assert (found.question.attribute, found.question.concerns) == ("trl", 2)
    assert ask(offers, STARTUP | {"trl": 4, "deeptech": True}).question is None


def test_a_derived_attribute_is_asked_through_its_source() -> None:
    found = ask([grant("taille", cmp("company_size", "in", ["micro"]))], {"headcount": 4})
    assert found.question is not None
    assert found.question.attribute == "turnover_eur"


def test_what_is_missing_of_other_enterprises_is_asked_for() -> None:
    profile = {
        "headcount": 4,
        "turnover_eur": 1,
        "balance_sheet_eur": 1,
        "enterprises": [{"relation": "linked", "headcount": 90}],
    }
    found = ask([grant("taille", cmp("company_size", "in", ["medium"]))], profile)
    assert found.question is not None
    assert found.question.attribute == "enterprises"


def test_no_question_where_no_answer_can_reach_the_top() -> None:
    sure = [grant(f"a-{n}", cmp("headcount", "<", 50), title="santé") for n in range(3)]
    doubtful = grant("zz", cmp("trl", ">=", 4))
    found = ask([*sure, doubtful], need={"description": "santé"}, limit=2)
    assert found.question is None


def test_missing_hours_are_the_next_question_of_a_compute_need() -> None:
    offers = [compute("voie", [mode("play", "gpu_hour", maximum=5000)])]
    found = ask(offers, need={"compute": {"task": "other"}})
    assert found.question is not None
    assert (found.question.attribute, verdict(found)) == ("gpu_hours", "unknown")


def test_time_alone_opens_an_offer_for_older_companies() -> None:
    found = ask([grant("agee", cmp("age_months", ">=", 24))])
    way = found.matches[0].counterfactuals[0]
    assert [change.from_day for change in way.changes] == [date(2027, 2, 10)]
    assert way.sentence.fr == "Les règles seront remplies à partir du 10 février 2027"


def test_no_change_is_promised_to_a_company_that_is_too_old() -> None:
    found = ask([grant("jeune", cmp("age_months", "<", 12))])
    assert verdict(found) == "not_eligible"
    assert found.matches[0].counterfactuals == ()


def test_an_offer_for_another_audience_or_territory_is_refused_with_the_reason() -> None:
    found = ask(
        [grant("labo", cmp("headcount", "<", 50), audience=["lab"], territories=["REG-84"])]
    )
    attributes = {reason.attribute for reason in found.matches[0].reasons.failing}
    assert attributes == {"organisation_type", "sites"}


def test_a_written_rule_replaces_the_one_implied_by_the_same_fact() -> None:
    rule = cmp("organisation_type", "in", ["startup"])
    assert verdict(ask([grant("ecrite", rule, audience=["lab"])])) == "eligible"


@pytest.mark.parametrize(
    ("stacking", "profile", "expected"),
    [
        ({"once_per_beneficiary": True}, {"prior_aid": ["aide"]}, "not_eligible"),
        ({"once_per_beneficiary": True}, {"prior_aid": []}, "eligible"),
        ({"once_per_beneficiary": True}, {}, "unknown"),
        ({"needs_prior": ["phase-1"]}, {"prior_aid": []}, "not_eligible"),
        ({"excludes": ["autre"]}, {"prior_aid": ["autre"]}, "not_eligible"),
        ({"de_minimis": True}, {"de_minimis_received_eur": 300_000}, "not_eligible"),
        ({"de_minimis": True}, {"de_minimis_received_eur": 0}, "eligible"),
        ({"capped_by_own_equity": True}, {"own_equity_eur": 0}, "not_eligible"),
    ],
)
def test_rules_between_offers_hold(stacking: dict, profile: dict, expected: str) -> None:
    document = grant("aide", cmp("headcount", "<", 50), details={"stacking": stacking})
    assert verdict(ask([document], STARTUP | profile)) == expected


def test_an_amount_below_the_smallest_is_refused() -> None:
    equity = {"instrument": "grant", "dilution": "none", "minimum": {"amount": "10000000"}}
    document = grant("grand", cmp("headcount", "<", 50), components=[equity])
    found = ask([document], need={"funding": {"amount_eur": 50_000}})
    assert verdict(found) == "not_eligible"


def test_an_access_mode_with_a_delay_tells_the_earliest_start() -> None:
    delay = {"maximum": 4, "unit": "working_days"}
    modes = [mode("fast", "gpu_hour", maximum=50_000, delay=delay)]
    option = ask([compute("voie", modes)], need={"compute": {"gpu_hours": 10}}).matches[0].options
    assert option[0].option.earliest_start == (NOW + timedelta(days=6)).date()


def test_an_offer_is_worth_its_best_access_mode() -> None:
    modes = [
        mode("small", "gpu_hour", maximum=10),
        mode("large", "gpu_hour", minimum=10, unbounded=True),
    ]
    found = ask([compute("machine", modes)], need={"compute": {"gpu_hours": 500}})
    ways = [item.option.mode.id for item in found.matches[0].options if item.option.mode]
    assert (verdict(found), ways) == ("to_confirm", ["large", "small"])


def test_an_empty_catalogue_gives_an_empty_answer() -> None:
    found = ask([])
    assert (found.matches, found.question) == ((), None)
