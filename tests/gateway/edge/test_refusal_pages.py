"""What the gateway refuses is a page for people who asked for one, and a document for programs."""

import asyncio

import pytest
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from tests.gateway.harness import Service, gateway_on

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


class Portal(Service):
    """Behind the gateway in these tests: it makes pages of refusals until it breaks."""

    broken = False

    def app(self):
        app = super().app()
        app.router.routes.insert(0, Route("/{language}/refused/{status:int}", self.refused))
        app.router.routes.insert(0, Route("/fr/slow", self.slow))
        return app

    async def refused(self, request) -> Response:
        if self.broken:
            return Response(status_code=500)
        language, status = request.path_params["language"], request.path_params["status"]
        policy = {"Content-Security-Policy": "default-src 'none'", "Content-Language": language}
        return HTMLResponse(f"<title>{language} {status}</title>", headers=policy)

    async def slow(self, _request) -> Response:
        await asyncio.sleep(5)
        return Response()


@pytest.fixture
async def place(tmp_path, socket_enabled):
    async with gateway_on(tmp_path, behind=Portal()) as found:
        await kept(found)
        yield found


async def kept(place) -> None:
    """Wait until the gateway has asked for all pages, which it does beside its answers."""
    async with place.client as client:
        for _ in range(100):
            answer = await client.get("/en/offers?token=x", headers=BROWSER)
            if answer.headers["Content-Type"].startswith("text/html"):
                return
            await asyncio.sleep(0.05)
    pytest.fail("the gateway keeps no page")


async def test_a_browser_reads_a_refusal_in_the_language_of_the_page(client):
    for language in ("fr", "en"):
        answer = await client.get(f"/{language}/offers?token=x", headers=BROWSER)
        assert (answer.status_code, answer.text) == (400, f"<title>{language} 400</title>")
        assert answer.headers["Content-Language"] == language
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
        assert answer.headers["X-Request-Id"]


async def test_a_form_that_is_too_long_is_refused_on_a_page(client):
    answer = await client.post("/fr/needs", content=b"x" * 2_000_000, headers=BROWSER)
    assert (answer.status_code, answer.text) == (413, "<title>fr 413</title>")


async def test_a_program_gets_the_document(client):
    for headers in ({}, {"Accept": "application/json"}):
        answer = await client.get("/fr/offers?token=x", headers=headers)
        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/credential-in-address"


async def test_the_api_answers_a_browser_with_the_document(client):
    answer = await client.get("/v1/offers?token=x", headers=BROWSER)
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_the_pages_are_there_when_the_portal_is_not(client, place):
    place.catalog.broken = True
    answer = await client.get("/fr/slow", headers=BROWSER)
    assert (answer.status_code, answer.text) == (504, "<title>fr 504</title>")
