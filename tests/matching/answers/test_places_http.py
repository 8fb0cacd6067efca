"""Places as people really have them: overseas, arrondissements, postal codes, any country."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.matching.documents import STARTUP, cmp, grant, offer, published

from aiff_contracts.codec import parse
from aiff_contracts.territory import TERRITORIES, ancestry
from aiff_contracts.territory.communes import named
from aiff_matching.journeys.domain.stages import suits_country
from aiff_matching.profiles.domain.facts import Places, derive
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import Truth, place_truth

FOUNDER = {**STARTUP, "created_on": "2025-06-02"}


def national(slug="nationale", places=("FR",)):
    return grant(slug, territories=list(places))


def within(slug, *places):
    return grant(slug, cmp("sites", "within", list(places)))


def verdicts(client, *offers, matching, **profile):
    for one in offers:
        matching.offers.projection.handle(published(one))
    told = {name: value for name, value in (FOUNDER | profile).items() if value is not None}
    response = client.post("/v1/matches", json={"profile": told, "limit": 100})
    assert response.status_code == 200, response.text
    return {item["offer"]["slug"]: item["verdict"] for item in response.json()["items"]}


@pytest.mark.parametrize("country", ["FR", None])
@pytest.mark.parametrize(
    ("site", "in_union"),
    [("COM-97801", True), ("COM-98818", False), ("COM-97701", False), ("COM-97411", True)],
)
def test_overseas_france_is_served_by_national_offers(anonymous, matching, country, site, in_union):
    offers = national(), within("france", "FR"), within("union", "EU")
    told = verdicts(anonymous, *offers, matching=matching, country=country, sites=[site])
    assert told["nationale"] != "not_eligible"
    assert told["france"] == "eligible"
    assert told["union"] == ("eligible" if in_union else "not_eligible")


@pytest.mark.parametrize(
    ("site", "city", "other"),
    [("COM-75110", "COM-75056", "COM-75111"), ("COM-69385", "COM-69123", "COM-69381")],
)
def test_a_site_in_an_arrondissement_is_in_its_city(anonymous, matching, site, city, other):
    offers = within("ville", city), within("voisin", other), national("locale", [city])
    told = verdicts(anonymous, *offers, matching=matching, sites=[site])
    assert (told["ville"], told["voisin"]) == ("eligible", "not_eligible")
    assert told["locale"] != "not_eligible"
    # A site that is told by its city may be in any of its arrondissements.
    told = verdicts(anonymous, matching=matching, sites=[city])
    assert told["voisin"] == "unknown"


@pytest.mark.parametrize("country", ["MC", "SN", "MX", "TW", "HK", "AE", "EG", "GL", "VA", "PS"])
def test_a_company_of_any_country_gets_an_answer(anonymous, matching, country):
    offers = within("union", "EU"), national("mondiale", ["WORLD"])
    told = verdicts(anonymous, *offers, matching=matching, country=country, sites=None)
    assert told["mondiale"] != "not_eligible"
    stated = verdicts(anonymous, matching=matching, country=country, sites=[country])
    assert stated["union"] == "not_eligible"


@pytest.mark.parametrize(
    ("country", "in_union"), [("GP", True), ("RE", True), ("NC", False), ("PF", False)]
)
def test_an_overseas_part_of_france_may_be_named_as_the_country(
    anonymous, matching, country, in_union
):
    established = grant("etablie", cmp("country", "within", ["FR"]))
    union = grant("union", cmp("country", "within", ["EU"]))
    told = verdicts(anonymous, established, union, matching=matching, country=country, sites=None)
    assert told["etablie"] == "eligible"
    assert told["union"] == ("eligible" if in_union else "not_eligible")


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("COM-33000", "COM-33063 (Bordeaux)"),
        ("COM-97150", "COM-97801 (Saint-Martin)"),
        ("COM-20000", "COM-2A004 (Ajaccio)"),
        ("33000", "COM-33063 (Bordeaux)"),
        ("COM-99138", "/v1/territories"),
        ("COM-00000", "/v1/territories"),
    ],
)
def test_an_unknown_place_is_refused_at_the_door_with_what_to_write(anonymous, code, advice):
    for country in ("FR", None):
        profile = {"sites": ["COM-75056", code], **({"country": country} if country else {})}
        response = anonymous.post("/v1/matches", json={"profile": profile})
        assert response.status_code == 422
        (fault,) = response.json()["errors"]
        assert fault["pointer"].startswith("/profile")
        assert advice in fault["detail"]


@pytest.mark.no_cover
def test_every_territory_gets_an_answer(anonymous, matching):
    matching.offers.projection.handle(published(national()))
    refused = {}
    for code in TERRITORIES:
        response = anonymous.post("/v1/matches", json={"profile": {"sites": [code]}})
        if response.status_code != 200:
            refused[code] = response.text
    assert refused == {}


@given(st.sampled_from(sorted(TERRITORIES)), st.sampled_from(sorted(TERRITORIES)))
def test_a_place_is_in_another_or_surely_not_or_coarser(own, asked):
    truth = place_truth(Places((own,)), asked)
    if asked in ancestry(own):
        assert truth is Truth.TRUE
    elif own in ancestry(asked):
        assert truth is Truth.UNKNOWN
    else:
        assert truth is Truth.FALSE


def test_a_place_for_data_that_nobody_knows_is_refused_at_the_door(anonymous):
    need = {"compute": {"gpu_hours": 10, "data_locations": ["FR", "XX"]}}
    response = anonymous.post("/v1/matches", json={"need": need})
    assert response.status_code == 422
    assert "unknown territory 'XX'" in response.json()["errors"][0]["detail"]
    need["compute"]["data_locations"] = ["FR", "EU", "GP"]
    assert anonymous.post("/v1/matches", json={"need": need}).status_code == 200


@pytest.mark.parametrize(
    ("served", "profile", "suits"),
    [
        ([], {"country": "SN"}, True),
        (["FR"], {"country": "FR"}, True),
        (["FR"], {"sites": ["COM-98818"]}, True),
        (["FR"], {"country": "GP"}, True),
        (["EU"], {"country": "DE"}, True),
        (["FR"], {"country": "MC"}, False),
        (["PL"], {"country": "FR"}, False),
        # Nobody knows what was meant, and nobody is turned away for it.
        (["Francia"], {"country": "FR"}, True),
    ],
)
def test_a_node_serves_the_countries_that_it_names(served, profile, suits):
    node = offer("noeud", {"kind": "network", "network": "ai_factory", "countries": served})
    assert suits_country(node, parse(Profile, profile)) is suits


@pytest.mark.no_cover
def test_every_commune_and_arrondissement_can_be_a_seat():
    refused = []
    for insee, *_ in named():
        code = f"COM-{insee}"
        profile = Profile(country="FR", sites=(code,))
        facts = derive(profile, Need(), date(2026, 11, 30))
        sites = facts["sites"]
        assert isinstance(sites, Places)
        if place_truth(sites, "FR") is not Truth.TRUE or sites.codes != (code,):
            refused.append(code)
    assert refused == []
