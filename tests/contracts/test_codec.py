import copy

import pytest

from aiff_contracts.codec import Faults, dump, parse, parse_json, schema_of
from aiff_contracts.offer import OfferContent, OfferDocument
from aiff_contracts.rules import leaves

GRANT = {
    "slug": "bourse-exemple",
    "title": {"fr": "Bourse", "en": "Grant"},
    "summary": {"fr": "Une bourse.", "en": "A grant."},
    "organisations": [{"organisation": "bpifrance", "role": "provider"}],
    "territories": ["FR-IDF"],
    "intake": {"shape": "cut_offs", "cut_offs": [{"on": "2026-11-30", "at": "10:00"}]},
    "eligibility": {
        "rule": {
            "type": "all",
            "rules": [
                {
                    "type": "cmp",
                    "attribute": "headcount",
                    "op": "<",
                    "value": 50,
                    "label_fr": "Moins de 50 salariés",
                    "label_en": "Under 50 staff",
                }
            ],
        }
    },
    "details": {
        "kind": "funding",
        "components": [{"instrument": "grant", "dilution": "none", "maximum": {"amount": "50000"}}],
    },
    "sources": [{"label": "Bpifrance", "confidence": "sourced"}],
}


def faults_of(change):
    value = copy.deepcopy(GRANT)
    change(value)
    with pytest.raises(Faults) as caught:
        parse(OfferContent, value)
    return {fault.pointer: fault.detail for fault in caught.value.faults}


def test_what_is_parsed_comes_back_the_same():
    offer = parse(OfferContent, GRANT)
    assert parse(OfferContent, dump(offer)) == offer


def test_territories_are_stored_in_their_canonical_form():
    assert parse(OfferContent, GRANT).territories == ("REG-11",)


@pytest.mark.parametrize("value", ["3", "3.5", True])
@pytest.mark.parametrize("name", ["trl_minimum", "duration_months"])
def test_text_and_truth_values_are_no_numbers(name, value):
    told = faults_of(lambda offer: offer["details"].update({name: value}))
    assert set(told) == {f"/details/{name}"}
    assert "number" in told[f"/details/{name}"]


@pytest.mark.parametrize("value", [0, 1_796_083_200, 86_400.0, "0", "20270331", "2027", True])
@pytest.mark.parametrize("name", ["on", "at"])
def test_numbers_are_no_dates_and_no_times(name, value):
    told = faults_of(lambda offer: offer["intake"]["cut_offs"][0].update({name: value}))
    assert set(told) == {f"/intake/cut_offs/0/{name}"}
    assert "not a number" in told[f"/intake/cut_offs/0/{name}"]


@pytest.mark.parametrize("value", ["true", "yes", 1, 0.0])
def test_text_and_numbers_are_no_truth_values(value):
    told = faults_of(lambda offer: offer["details"].update(stacking={"de_minimis": value}))
    assert set(told) == {"/details/stacking/de_minimis"}


def test_an_integer_may_be_written_with_a_decimal_point():
    value = copy.deepcopy(GRANT)
    value["details"]["trl_minimum"] = 3.0
    assert dump(parse(OfferContent, value))["details"]["trl_minimum"] == 3


@pytest.mark.parametrize(
    ("attribute", "op", "written"),
    [("headcount", "<", 50), ("headcount", "<", 50.5), ("has_legal_entity", "==", True)],
)
def test_a_rules_value_keeps_the_type_that_its_author_wrote(attribute, op, written):
    value = copy.deepcopy(GRANT)
    value["eligibility"]["rule"]["rules"][0].update(attribute=attribute, op=op, value=written)
    leaf = next(iter(leaves(parse(OfferContent, value).eligibility.rule)))
    assert (type(leaf.value), leaf.value) == (type(written), written)


def test_every_fault_is_named_at_once_with_its_pointer():
    def change(value):
        value["colour"] = "blue"
        value["details"]["components"][0]["rate"] = 3
        value["intake"]["cut_offs"][0]["timezone"] = "Mars/Base"
        value["eligibility"]["rule"]["rules"][0]["op"] = "in"

    found = faults_of(change)
    assert set(found) == {
        "/colour",
        "/details/components/0/rate",
        "/intake/cut_offs/0",
        "/eligibility/rule/rules/0",
    }
    assert "unknown field" in found["/colour"]


@pytest.mark.parametrize(
    ("details", "told"),
    [({}, "kind is missing"), ({"kind": "loan"}, "one of 'compute', 'training', 'funding'")],
)
def test_an_object_of_several_forms_is_told_how_it_says_which(details, told):
    found = faults_of(lambda value: value.update(details=details))
    assert found.keys() == {"/details"}
    assert told in found["/details"]


def test_a_rule_about_an_unknown_attribute_is_refused_with_the_known_ones():
    def change(value):
        value["eligibility"]["rule"]["rules"][0]["attribute"] = "shoe_size"

    assert "headcount" in faults_of(change)["/eligibility/rule/rules/0"]


@pytest.mark.parametrize("text", ["a\u202eb", "a\x00b", "   "])
def test_hidden_or_empty_text_is_refused(text):
    found = faults_of(lambda value: value["title"].update(fr=text))
    assert any(place.startswith("/title") for place in found)


def test_text_is_stored_in_composed_form():
    value = {**GRANT, "title": {"fr": "E\u0301nergie", "en": "Energy"}}
    assert parse(OfferContent, value).title.fr == "\u00c9nergie"


def test_an_offer_without_a_provider_is_refused():
    roles = [{"organisation": "bpifrance", "role": "funder"}]
    assert "" in faults_of(lambda value: value.update(organisations=roles))


def test_a_number_that_is_not_one_is_refused():
    def change(value):
        value["details"]["components"][0]["rate"] = float("nan")

    assert "/details/components/0/rate" in faults_of(change)


def test_a_price_of_zero_needs_to_be_stated_as_free():
    assert "/pricing" in faults_of(lambda value: value.update(pricing={"basis": "priced"}))


def test_broken_bytes_are_a_fault_and_not_a_crash():
    with pytest.raises(Faults):
        parse_json(OfferContent, b"{")


def test_the_leaves_of_a_rule_are_found():
    rule = parse(OfferContent, GRANT).eligibility.rule
    assert [leaf.attribute for leaf in leaves(rule)] == ["headcount"]


def test_the_schema_of_the_document_refuses_unknown_fields():
    assert schema_of(OfferDocument)["additionalProperties"] is False
