"""What goes wrong is said on a page: what, where, and how to go on."""

import httpx2
import pytest
from tests.portal.outline import Outline


def answering(status, body=b"", **headers):
    return lambda _request: httpx2.Response(
        status, content=body, headers={name.replace("_", "-"): one for name, one in headers.items()}
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "Votre session est terminée"),
        (404, "Cette page n'existe pas"),
        (410, "n'est plus proposée"),
        (429, "Trop de demandes"),
        (500, "Une erreur de notre côté"),
        (502, "Le catalogue ne répond pas"),
        (503, "Le catalogue ne répond pas"),
        (504, "Le catalogue ne répond pas"),
    ],
)
async def test_each_status_of_the_api_is_a_page_of_that_status(client, backend, status, words):
    backend.instead = answering(status, b"<p>a proxy's own page</p>", retry_after="7")
    page = await client.get("/fr/offers")
    assert page.status_code == status
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Retry-After"] == "7"
    outline = Outline(page.text)
    outline.check()
    assert words in page.text.replace("&#39;", "'")
    assert "/fr/offers" in outline.links()


async def test_a_service_that_is_away_is_a_page_that_says_when_to_come_back(client, backend):
    def refuse(request):
        raise httpx2.ConnectError("refused", request=request)

    backend.instead = refuse
    page = await client.get("/en/")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "60")
    assert "The catalogue does not answer" in page.text


async def test_a_service_that_is_too_slow_is_a_page_too(client, backend):
    def wait(request):
        raise httpx2.ReadTimeout("slow", request=request)

    backend.instead = wait
    assert (await client.get("/fr/")).status_code == 504


async def test_what_the_api_says_of_a_value_is_shown_as_text(client):
    page = await client.get("/fr/offers?kind=<script>alert(1)</script>")
    assert page.status_code == 400
    Outline(page.text).check()
    assert "<code>kind" in page.text
    assert "<script>" not in page.text


async def test_a_page_that_does_not_exist_is_said_in_the_language_of_its_address(client):
    page = await client.get("/en/nowhere", headers={"Accept-Language": "fr"})
    assert page.status_code == 404
    assert "This page does not exist" in page.text
    assert (await client.get("/static/other.css")).status_code == 404


async def test_an_answer_that_is_no_document_is_not_shown(client, backend):
    backend.instead = answering(200, b"<html>")
    assert (await client.get("/fr/")).status_code == 502


async def test_a_session_that_has_ended_is_forgotten_by_the_browser(client, backend):
    backend.instead = answering(401)
    page = await client.get("/fr/", headers={"Cookie": "aiff_session=old"})
    assert 'aiff_session=""' in page.headers["Set-Cookie"]


async def test_an_unexpected_error_says_nothing_of_itself(client, backend):
    backend.instead = answering(200, b"{}")
    page = await client.get("/fr/")
    assert page.status_code == 500
    assert "KeyError" not in page.text
    assert "Numéro de demande" in page.text


async def test_a_call_past_the_gateway_is_refused(client):
    answer = await client.get("/fr/", headers={"X-AIFF-Identity": "forged"})
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
async def test_health_needs_no_identity(client, path):
    assert (await client.get(path, headers={"X-AIFF-Identity": ""})).status_code == 200


@pytest.mark.parametrize("status", [400, 404, 405, 413, 429, 500, 503, 504])
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_page_of_a_refusal_can_be_kept_for_everybody(client, language, status):
    page = await client.get(f"/{language}/refused/{status}")
    assert (page.status_code, page.headers["Content-Language"]) == (200, language)
    assert page.headers["Cache-Control"].startswith("public")
    Outline(page.text).check()
    assert "refused" not in page.text


async def test_there_is_no_refusal_with_another_status(client):
    assert (await client.get("/fr/refused/200")).status_code == 400
