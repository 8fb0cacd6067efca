"""Offers side by side: aligned, in words and raw, the unknown said as unknown."""

import pytest
from tests.catalog.support import BY_CURATOR, component, content, gpu

from aiff_catalog.offers.domain.comparison import ComparedField, ComparedValue
from aiff_catalog.offers.entrypoints.http.comparison_words import words

H100 = gpu("H100-SXM", vendor="nvidia", memory_gb=80)
HOURLY = {"basis": "priced", "rows": [{"amount": "2.50", "period": "gpu_hour", "tax": "excluded"}]}
MONTHLY = {"basis": "priced", "rows": [{"amount": "900", "period": "month", "tax": "excluded"}]}


def compare(place, *references):
    return place.client.post("/v1/compare", json={"offers": list(references)})


def fields(answer):
    assert answer.status_code == 200, answer.text
    sections = answer.json()["sections"]
    return {field["pointer"]: field for section in sections for field in section["fields"]}


def states(field):
    return [value["state"] for value in field["values"]]


def test_fields_are_aligned_in_the_order_of_the_question(place):
    first = place.publish("jean-zay", "compute", details=H100, audience=["startup"])
    place.publish("cloud", "compute", audience=["sme"])
    answer = compare(place, "cloud", str(first.id))
    assert [offer["slug"] for offer in answer.json()["offers"]] == ["cloud", "jean-zay"]
    found = fields(answer)
    memory, audience = found["/details/gpu/memory_gb"], found["/audience"]
    assert states(memory) == ["unknown", "known"]
    assert memory["values"][0]["words"]["fr"] == "non publié ; à demander à GENCI"
    assert memory["values"][1]["raw"] == 80
    assert memory["differs"] is None
    assert [one["words"] for one in audience["values"]] == [
        {"fr": "PME", "en": "SME"},
        {"fr": "start-up", "en": "start-up"},
    ]
    assert (audience["differs"], found["/kind"]["differs"]) == (True, False)
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_price_stands_beside_prices_of_its_own_unit_only(place):
    place.publish("heure", "compute", pricing=HOURLY)
    place.publish("mois", "compute", pricing=MONTHLY)
    place.publish("muette", "compute")
    place.publish("gratuite", "compute", pricing={"basis": "free"})
    found = fields(compare(place, "heure", "mois", "muette", "gratuite"))
    hours, months = (
        found[f"/pricing/rows/{period}:EUR:excluded"] for period in ("gpu_hour", "month")
    )
    assert states(hours) == ["known", "not_applicable", "unknown", "not_applicable"]
    assert states(months) == ["not_applicable", "known", "unknown", "not_applicable"]
    assert hours["values"][0]["words"]["en"] == "2.50 EUR per GPU hour"
    assert hours["label"]["fr"] == "par heure GPU, EUR, hors taxes"
    assert "/pricing/rows/*" not in found


def test_where_nobody_states_a_price_it_is_unknown_once(place):
    for slug in ("aa", "bb"):
        place.publish(slug)
    prices = fields(compare(place, "aa", "bb"))["/pricing/rows/*"]
    assert (states(prices), prices["differs"]) == (["unknown", "unknown"], None)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ({}, "not published"),
        ({"minimum": 1_000}, "from 1,000"),
        ({"maximum": 50_000}, "up to 50,000"),
        ({"minimum": 1_000, "maximum": 50_000}, "1,000 - 50,000"),
        ({"minimum": 50_000, "maximum": 50_000}, "50,000"),
        ({"unbounded": True}, "no upper limit"),
        ({"minimum": 0.5, "unbounded": True}, "0.5, no upper limit"),
    ],
)
def test_a_quota_is_said_as_a_phrase_and_no_end_is_made_up(ends, said):
    mode = {"name": {"fr": "Accès", "en": "Access"}, "unit": "gpu_hour", "unbounded": False}
    given = {**mode, "minimum": None, "maximum": None, **ends}
    spoken = words("/details/access_modes/gpu_hour", [given])["en"]
    assert spoken == f"Access: {said} (GPU hours)"


def test_amounts_and_quotas_keep_their_units(place):
    mode = {"id": "acces", "name": {"fr": "Accès", "en": "Access"}, "programme": "GENCI"}
    hours = {**mode, "unit": "gpu_hour", "maximum": 50_000}
    place.publish("calcul", "compute", details={"access_modes": [hours]})
    money = [component(maximum="30000"), component("loan", maximum="90000 USD")]
    place.publish("argent", details={"components": money})
    found = fields(compare(place, "calcul", "argent"))
    quota = found["/details/access_modes/gpu_hour"]
    assert states(quota) == ["known", "not_applicable"]
    assert quota["values"][0]["words"]["fr"] == "Accès: jusqu'à 50\u202f000 (heures GPU)"
    grant, loan = (found[f"/details/components/{name}"] for name in ("grant", "loan"))
    assert grant["values"][1]["words"]["en"] == "up to 30,000 EUR, non-dilutive"
    assert "90\u202f000 USD" in loan["values"][1]["words"]["fr"]
    assert grant["differs"] is False


def test_who_is_in_the_way_is_named_with_what_to_do(place):
    place.publish("bourse")
    place.archive(place.publish("finie"))
    place.revise(place.publish("ancienne"), content("nouvelle"))
    answer = compare(place, "finie", "ancienne", "jamais-vue", "bourse")
    assert answer.status_code == 422
    faults = {one["pointer"]: (one["code"], one["detail"]) for one in answer.json()["errors"]}
    assert {pointer: code for pointer, (code, _) in faults.items()} == {
        "/offers/0": "gone",
        "/offers/1": "moved",
        "/offers/2": "unknown",
    }
    assert "le programme est terminé" in faults["/offers/0"][1]
    assert "nouvelle" in faults["/offers/1"][1]


def test_an_offer_is_compared_with_others_only(place):
    offer = place.publish("bourse")
    answer = compare(place, "bourse", str(offer.id))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "repeated"


@pytest.mark.parametrize("references", [[], ["aa"], ["aa", "bb", "cc", "dd", "ee"], ["", "aa"]])
def test_two_to_four_offers_are_compared(place, references):
    assert compare(place, *references).status_code == 422


def test_a_draft_is_compared_for_nobody(place):
    place.publish("bourse")
    place.catalog.offers.commands.create(content("secret"), BY_CURATOR)
    assert compare(place, "bourse", "secret").json()["errors"][0]["code"] == "unknown"


@pytest.mark.parametrize(
    ("values", "differs"),
    [
        ([("known", 1), ("known", 1)], False),
        ([("known", 1), ("known", 2), ("unknown", None)], True),
        ([("known", 1), ("unknown", None)], None),
        ([("known", 1), ("not_applicable", None)], False),
        ([("unknown", None), ("unknown", None)], None),
    ],
)
def test_the_unknown_neither_differs_nor_agrees(values, differs):
    field = ComparedField("/x", tuple(ComparedValue(*value) for value in values))
    assert field.differs is differs
