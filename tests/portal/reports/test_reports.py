"""A reader reports an error without an account: asked, checked by the field, sent on, thanked."""

import re

import httpx2
import pytest
from tests.portal.backend import SECRET
from tests.portal.outline import Outline

from aiff_kit.auth import ANONYMOUS, IdentityVerifier

OFFER = "jean-zay-h100"
FORM = "application/x-www-form-urlencoded"
TOLD = {"subject": "amount", "message": "Le prix a changé : 2,10 € de l'heure.", "contact": ""}
ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def sent(backend):
    return [request for request in backend.asked if request.method == "POST"]


async def report(client, language="fr", slug=OFFER, **fields):
    return await client.post(f"/{language}/offers/{slug}/reports", data={**TOLD, **fields})


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_form_asks_three_things_and_names_the_offer(client, language):
    page = await client.get(f"/{language}/offers/{OFFER}/reports")
    assert page.status_code == 200
    outline = Outline(page.text)
    outline.check()
    assert f"/{language}/offers/{OFFER}" in outline.links()
    assert set(re.findall(r'name="(\w+)"', page.text)) >= {"subject", "message", "contact"}


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_what_is_filled_in_reaches_the_api_and_the_reader_is_thanked(
    client, backend, catalogue, language
):
    page = await report(client, language, contact="ada@example.org")
    assert page.status_code == 200, page.text
    Outline(page.text).check()
    assert page.headers["Cache-Control"] == "private, no-store"
    (request,) = sent(backend)
    assert request.url.path == f"/v1/offers/{OFFER}/reports"
    # It says to the gateway that people sent a form, which it counted by their address.
    verifier = IdentityVerifier(SECRET, "portal")
    assert {verifier.verify(one) for one in backend.shown} == {ANONYMOUS}
    with catalogue.base.open() as uow:
        offer = uow.offers.by_slug(OFFER)
        kept = uow.reports.places([offer.id])
    assert kept == {offer.id: frozenset({""})}
    assert re.search(r"<code>[0-9a-f-]{36}</code>", page.text)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": "tout"}, "subject"),
        ({"message": "court"}, "message"),
        ({"message": "x" * 2001}, "message"),
        ({"contact": "ada"}, "contact"),
        ({"contact": f"{'a' * 250}@b.org"}, "contact"),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_a_fault_stands_beside_its_field_and_the_rest_is_kept(
    client, backend, fields, name, language
):
    page = await report(client, language, **fields)
    assert page.status_code == 422
    outline = Outline(page.text)
    outline.check()
    assert f"#{name}" in outline.links()
    assert f'id="{name}-fault"' in page.text
    if "message" not in fields:
        assert "2,10" in page.text
    assert sent(backend) == []


async def test_hostile_words_stay_words(client, backend):
    page = await report(client, subject=ATTACK, message=ATTACK, contact=ATTACK)
    assert page.status_code == 422
    assert "<script>" not in page.text
    assert "<img src=x" not in page.text
    hostile = await client.get("/fr/offers/hostile/reports")
    assert "<script>" not in hostile.text
    Outline(hostile.text).check()


async def test_an_offer_that_nobody_can_read_has_no_form(client):
    for slug in ("nulle-part", "..%2Fx", "gone"):
        page = await client.get(f"/fr/offers/{slug}/reports")
        assert page.status_code in {404, 410}
        page = await report(client, slug=slug)
        assert page.status_code in {404, 410}


async def test_what_the_curators_have_too_much_of_is_said_kindly(client, backend):
    def full(request):
        if request.method == "POST":
            return httpx2.Response(409, json={"type": "/problems/conflict", "status": 409})
        return None

    backend.instead = full
    page = await report(client)
    assert page.status_code == 200
    assert "signalements" in page.text


async def test_too_many_from_one_address_is_told_with_the_wait(client, backend):
    def limited(request):
        if request.method == "POST":
            return httpx2.Response(429, json={"status": 429}, headers={"Retry-After": "1800"})
        return None

    backend.instead = limited
    page = await report(client)
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "1800"
    Outline(page.text).check()


async def test_what_no_form_sends_is_a_page_that_helps(client, backend):
    page = await client.post(f"/fr/offers/{OFFER}/reports", content=b"{}")
    assert page.status_code == 422
    page = await client.post(
        f"/fr/offers/{OFFER}/reports",
        content=b"message=" + b"x" * 70_000,
        headers={"Content-Type": FORM},
    )
    assert page.status_code == 413
    assert sent(backend) == []
