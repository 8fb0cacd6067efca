"""What a listing can state beside plain figures: who says so, families of aid, delays, terms."""

import copy

import pytest

from aiff_contracts.codec import Faults, dump, parse
from aiff_contracts.offer import OfferContent
from aiff_contracts.rules import Cmp, leaves

CMP = {
    "type": "cmp",
    "attribute": "headcount",
    "op": "<",
    "value": 50,
    "label_fr": "Moins de 50 salariés",
    "label_en": "Under 50 staff",
}
OFFER = {
    "slug": "exemple",
    "title": {"fr": "Exemple", "en": "Example"},
    "summary": {"fr": "Un exemple.", "en": "An example."},
    "organisations": [{"organisation": "bpifrance", "role": "provider"}],
    "details": {"kind": "funding", "components": [{"instrument": "loan", "dilution": "none"}]},
    "sources": [{"label": "Bpifrance", "confidence": "sourced"}],
}
ANYONE = {
    "label_fr": "En vente à tous",
    "label_en": "On sale to anyone",
    "source": "Conditions générales de vente",
    "confidence": "stated_by_provider",
}
MODEL = {"kind": "resource", "resource": "model"}


def offer(details=None, **changes):
    value = copy.deepcopy(OFFER) | changes
    value["details"] = (
        details if details and "kind" in details else OFFER["details"] | (details or {})
    )
    return value


def told(value, kind=OfferContent):
    with pytest.raises(Faults) as caught:
        parse(kind, value)
    return {fault.pointer: fault.detail for fault in caught.value.faults}


def test_a_comparison_says_who_states_it_and_how_well_that_is_known():
    rule = CMP | {"source": "eldorado.co", "confidence": "secondary", "as_of": "2024-05-01"}
    parsed = parse(OfferContent, offer(eligibility={"rule": rule}))
    leaf = next(leaves(parsed.eligibility.rule))
    assert (leaf.confidence, leaf.as_of.isoformat()) == ("secondary", "2024-05-01")
    assert parse(OfferContent, dump(parsed)) == parsed


def test_a_comparison_of_before_says_nothing_about_its_confidence():
    leaf = parse(Cmp, CMP)
    assert (leaf.confidence, leaf.as_of) == (None, None)


@pytest.mark.parametrize("confidence", ["sure", "", True])
def test_a_confidence_is_one_of_those_that_exist(confidence):
    assert "/confidence" in told(CMP | {"confidence": confidence}, Cmp)


def test_on_sale_to_anyone_is_a_published_criterion_with_its_source():
    said = parse(OfferContent, offer(eligibility={"open_to_all": ANYONE})).eligibility
    assert said.is_published
    assert not parse(OfferContent, offer()).eligibility.is_published


def test_on_sale_to_anyone_needs_a_source_and_stands_alone():
    nameless = {key: value for key, value in ANYONE.items() if key != "source"}
    assert "/eligibility/open_to_all/source" in told(offer(eligibility={"open_to_all": nameless}))
    both = told(offer(eligibility={"open_to_all": ANYONE, "rule": CMP}))
    assert "keep one of the two" in both["/eligibility"]


@pytest.mark.parametrize("code", ["i-lab-28", "family:i-lab", "level:region", "level:eu"])
def test_earlier_aid_is_an_offer_a_family_or_a_level(code):
    leaf = parse(Cmp, CMP | {"attribute": "prior_aid", "op": "overlaps", "value": [code]})
    assert leaf.value == (code,)


@pytest.mark.parametrize("code", ["family:", "level:city", "edition:28"])
def test_other_words_with_a_colon_are_no_earlier_aid(code):
    (detail,) = told(
        CMP | {"attribute": "prior_aid", "op": "overlaps", "value": [code]}, Cmp
    ).values()
    assert "family:<slug>" in detail


def test_aid_and_dates_can_be_asked_for_within_months():
    aid = {"attribute": "prior_aid", "op": "overlaps", "value": ["family:i-lab"]}
    assert parse(Cmp, CMP | aid | {"granted_within_months": 24}).granted_within_months == 24
    day = parse(Cmp, CMP | {"attribute": "created_on", "op": "within_months", "value": 12})
    assert day.value == 12


@pytest.mark.parametrize(
    "change",
    [
        {"granted_within_months": 24},
        {"attribute": "created_on", "op": "within_months", "value": "2026-01-01"},
        {"attribute": "created_on", "op": "within_months", "value": 0},
        {"attribute": "created_on", "op": "within_months", "value": 1.5},
        {"op": "within_months", "value": 12},
    ],
)
def test_months_belong_to_dates_and_to_aid(change):
    assert told(CMP | change, Cmp)


def test_an_aid_says_its_families_its_level_its_papers_and_its_delay():
    details = {
        "aid_families": ["i-lab", "bpifrance"],
        "aid_level": "state",
        "required_documents": [{"fr": "Plan d'affaires", "en": "Business plan"}],
        "decision_delay": {"minimum": 4, "maximum": 6, "unit": "weeks"},
    }
    parsed = parse(OfferContent, offer(details)).details
    assert parsed.aid_families == ("i-lab", "bpifrance")
    assert dump(parsed)["decision_delay"]["unit"] == "weeks"
    assert told(offer({"aid_families": ["I Lab"]}))
    assert told(offer({"aid_level": "city"}))
    assert told(offer({"decision_delay": {"minimum": 9, "maximum": 6, "unit": "months"}}))


def test_a_loan_says_its_interest_and_its_fees_and_none_is_not_unknown():
    loan = {"instrument": "loan", "dilution": "none"}
    costly = loan | {
        "interest_rate": {"minimum": 0.05, "maximum": 0.07},
        "fees": [{"label": {"fr": "Frais de dossier", "en": "Arrangement fee"}, "share": 0.004}],
    }
    free = loan | {"interest_rate": {"minimum": 0, "maximum": 0}, "fees": []}
    first, second, third = parse(
        OfferContent, offer({"components": [costly, free, loan]})
    ).details.components
    assert (first.interest_rate.maximum, first.fees[0].share) == (0.07, 0.004)
    assert (second.interest_rate.maximum, second.fees) == (0, ())
    assert (third.interest_rate, third.fees) == (None, None)


@pytest.mark.parametrize(
    "change",
    [
        {"interest_rate": {"minimum": 0.07, "maximum": 0.05}},
        {"interest_rate": {"minimum": 5, "maximum": 7}},
        {"fees": [{"label": {"fr": "Frais", "en": "Fee"}}]},
        {
            "fees": [
                {"label": {"fr": "Frais", "en": "Fee"}, "share": 0.1, "amount": {"amount": "9"}}
            ]
        },
    ],
)
def test_interest_and_fees_that_say_nothing_or_too_much_are_refused(change):
    assert told(offer({"components": [{"instrument": "loan", "dilution": "none"} | change]}))


def test_a_resource_says_how_it_is_had_how_large_it_is_and_on_which_terms():
    details = MODEL | {
        "access": "open",
        "licence": "Apache-2.0",
        "size": {"fr": "3 000 milliards de jetons", "en": "3 trillion tokens"},
        "parameters_b": [1, 8, 23.5],
        "terms": {"fr": "Usage commercial permis.", "en": "Commercial use is allowed."},
    }
    parsed = parse(OfferContent, offer(details)).details
    assert parsed.parameters_b == (1, 8, 23.5)
    assert parse(OfferContent, dump(parse(OfferContent, offer(details)))).details == parsed
    assert parse(OfferContent, offer(MODEL | {"resource": "benchmark"})).details.access is None


@pytest.mark.parametrize(
    "change",
    [
        {"access": "free"},
        {"parameters_b": [0]},
        {"parameters_b": []},
        {"active_parameters_b": [6.5]},
        {"parameters_b": [119], "active_parameters_b": [6.5, 8]},
        {"parameters_b": [6.5], "active_parameters_b": [119]},
        {"resource": "video"},
    ],
)
def test_a_resource_that_contradicts_itself_is_refused(change):
    assert told(offer(MODEL | change))
