"""Three questions at most on one offer, the verdict with its reasons, and nothing kept."""

import html

import httpx2
import orjson
import pytest
from tests.portal.backend import ATTACK
from tests.portal.outline import Outline

from aiff_portal.checks.domain.questions import MOST, first_questions

OFFERS = [
    "jean-zay-h100",
    "scaleway-h100-sxm-8",
    "bourse-french-tech",
    "agoranov",
    "hf-llm-course",
    "idris-ai-support",
    "apertus",
    "aif-ai2f",
]
UNIVERSITY = {"purpose": "open_research", "organisation_type": "university", "country": "FR"}
MEASURED = {"gpu_hours": "2 000", "gpu_model": "H100"}


async def answered(client, language, slug, **answers):
    page = await client.post(f"/{language}/offers/{slug}/check", data=answers)
    outline = Outline(page.text)
    outline.check()
    return page, html.unescape(page.text), outline


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("slug", OFFERS)
async def test_every_kind_of_offer_asks_three_questions_at_most(client, language, slug):
    page = await client.get(f"/{language}/offers/{slug}/check")
    assert page.status_code == 200
    outline = Outline(page.text)
    outline.check()
    names = {
        field["name"]
        for tag, field in outline.tags
        if tag in ("input", "select", "textarea") and field.get("type") != "hidden"
    }
    assert 0 < len(names - {"q"}) <= MOST
    other = "en" if language == "fr" else "fr"
    assert f"/{other}/offers/{slug}/check" in outline.links()
    assert page.headers["Cache-Control"].startswith("public")


async def test_a_team_that_may_have_it_reads_what_is_met_and_what_to_confirm(client, backend):
    page, text, _ = await answered(client, "fr", "jean-zay-h100", **UNIVERSITY, **MEASURED)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "Aucune règle ne s'y oppose" in text
    assert (
        "Travaux de recherche ouverte, résultats publiés" in text[text.index("Ce qui est rempli") :]
    )
    assert "Publier les résultats" in text
    asked = orjson.loads(backend.asked[-1].content)
    assert asked["offers"] == ["jean-zay-h100"]
    assert asked["need"]["compute"]["purpose"] == "open_research"
    assert asked["need"]["compute"]["gpu_hours"] == 2000
    assert asked["profile"] == {"organisation_type": "university", "country": "FR"}


async def test_a_refusal_says_which_rule_and_what_would_change_it(client):
    _, text, _ = await answered(
        client, "en", "jean-zay-h100", **UNIVERSITY | {"purpose": "production"}
    )
    assert "Not eligible" in text
    assert "Open research, with published results" in text[text.index("What stands against it") :]
    assert "What would change the answer" in text


async def test_what_is_not_answered_stays_unknown_and_is_asked_next(client, backend):
    page, text, outline = await answered(
        client, "fr", "bourse-french-tech", headcount="", created_on=""
    )
    assert page.status_code == 200
    assert orjson.loads(backend.asked[-1].content)["profile"] == {}
    assert "Il manque une ou plusieurs réponses" in text
    assert "La question qui trancherait" in text
    asked = [field for field in outline.named("input") + outline.named("select") if "name" in field]
    assert len(asked) > 1


async def test_answers_are_put_back_and_none_stands_in_an_address(client):
    _, _, outline = await answered(client, "fr", "bourse-french-tech", headcount="12")
    held = [field for field in outline.named("input") if field.get("name") == "headcount"]
    assert [field["value"] for field in held] == ["12"]
    assert all(
        "headcount" not in link and "12" not in link.rpartition("?")[2] for link in outline.links()
    )


@pytest.mark.parametrize("written", ["beaucoup", "-3", "1e400", ATTACK])
async def test_what_cannot_be_read_is_said_beside_its_field(client, written):
    page, text, outline = await answered(client, "fr", "bourse-french-tech", headcount=written)
    assert page.status_code == 422
    (faulty,) = (one for one in outline.named("input") if one.get("aria-invalid") == "true")
    assert (faulty["name"], faulty["value"]) == ("headcount", written)
    assert "#headcount" in outline.links()
    assert "<script>" not in page.text
    assert "Verdict" not in text


async def test_an_answer_that_the_api_refuses_is_said_at_its_field(client, backend):
    refused = {"errors": [{"pointer": "/profile/headcount", "detail": "too large"}]}
    known = await backend.handle_async_request(
        httpx2.Request("GET", "http://gateway/v1/offers/bourse-french-tech")
    )
    body = await known.aread()

    def answer(request):
        if request.method == "GET":
            return httpx2.Response(200, content=body)
        return httpx2.Response(422, json=refused)

    backend.instead = answer
    page, _, outline = await answered(client, "fr", "bourse-french-tech", headcount="5")
    assert page.status_code == 422
    faulty = [one["name"] for one in outline.named("input") if one.get("aria-invalid")]
    assert faulty == ["headcount"]


async def test_an_offer_that_matching_does_not_know_yet_says_so(client):
    page, text, _ = await answered(client, "fr", "hostile", headcount="5")
    assert page.status_code == 200
    assert "ne peut pas être vérifiée" in text
    assert "Aucune offre publiée de ce nom" in text
    assert "<script>" not in page.text


async def test_an_unknown_offer_and_a_withdrawn_one_have_no_check(client):
    assert (await client.get("/fr/offers/never/check")).status_code == 404
    assert (await client.get("/fr/offers/gone/check")).status_code == 410


async def test_the_offer_leads_to_its_check_and_back(client):
    offer = Outline((await client.get("/en/offers/jean-zay-h100")).text)
    assert "/en/offers/jean-zay-h100/check" in offer.links()
    check = Outline((await client.get("/en/offers/jean-zay-h100/check")).text)
    assert {"/en/offers/jean-zay-h100", "/en/needs?kind=compute"} <= set(check.links())


def test_questions_of_nested_rules_stand_once_and_derived_ones_are_asked_through_their_source():
    def cmp(name):
        return {"type": "cmp", "attribute": name}

    rule = {
        "type": "all",
        "rules": [
            {"type": "any", "rules": [cmp("company_size"), cmp("headcount")]},
            {"type": "not", "rule": cmp("age_months")},
            cmp("deeptech"),
            cmp("trl"),
        ],
    }
    offer = {"eligibility": {"rule": rule}, "details": {}, "audience": ["lab"], "territories": None}
    assert first_questions(offer) == ("headcount", "created_on", "deeptech")
    silent = {"eligibility": {"rule": None}, "details": {}, "audience": None, "territories": None}
    assert first_questions(silent) == ()
