"""The API and its errors as pages: the real description, in both languages."""

import json
from pathlib import Path

import httpx2
import pytest
from tests.portal.outline import Outline

DOCUMENT = json.loads((Path(__file__).parents[3] / "docs/api/openapi.json").read_text())
PROBLEM = {
    "type": "/problems/too-large",
    "status": 413,
    "title": {"fr": "Trop grand <b>", "en": "Too large <b>"},
    "mend": {"fr": "Envoyez moins.", "en": "Send less."},
}


@pytest.fixture
def description():
    return DOCUMENT


@pytest.fixture(autouse=True)
def gateway(backend, description):
    """What the gateway itself answers: no service behind it does."""
    held = {
        "/openapi.json": description,
        "/problems": {"items": [PROBLEM]},
        "/problems/too-large": PROBLEM,
    }

    def answer(request):
        found = held.get(request.url.path)
        return httpx2.Response(200, json=found) if found else httpx2.Response(404, json={})

    backend.instead = answer


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_every_operation_has_its_page(client, language):
    page = await client.get(f"/{language}/api")
    outline = Outline(page.text)
    outline.check()
    operations = {
        f"/{language}/api/{found['operationId']}": f"{method.upper()} {path}"
        for path, methods in DOCUMENT["paths"].items()
        for method, found in methods.items()
    }
    assert set(operations) <= set(outline.links())
    for address in sorted(operations)[:8]:
        one = await client.get(address)
        Outline(one.text).check()
        assert f"<h1><code>{operations[address]}</code></h1>" in one.text


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_an_operation_says_its_parameters_its_body_and_who_may_ask(client, language):
    search = (await client.get(f"/{language}/api/search_offers")).text
    assert "<code>deadline_before</code>" in search
    assert f'href="/{language}/api/types/OfferPage"' in search
    assert ("Ouvert à tous" if language == "fr" else "Open to everybody") in search
    assert (
        f'href="/{language}/api/types/MatchRequest"'
        in (await client.get(f"/{language}/api/match_offers")).text
    )


async def test_what_a_page_quotes_of_the_api_is_marked_as_english(client):
    assert '<span lang="en">Return the published offers' in (await client.get("/fr/api")).text
    assert "<span>Return the published offers" in (await client.get("/en/api")).text


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_every_type_that_is_named_has_its_page(client, language):
    for name in sorted(DOCUMENT["components"]["schemas"])[::20]:
        page = await client.get(f"/{language}/api/types/{name}")
        outline = Outline(page.text)
        outline.check()
        types = f"/{language}/api/types/"
        named = {link.removeprefix(types) for link in outline.links() if link.startswith(types)}
        assert named <= set(DOCUMENT["components"]["schemas"])


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("page", ["problems", "problems/too-large"])
async def test_a_problem_says_what_to_do_and_its_words_are_text(client, language, page):
    shown = await client.get(f"/{language}/{page}")
    Outline(shown.text).check()
    assert PROBLEM["mend"][language] in shown.text
    assert "&lt;b&gt;" in shown.text


@pytest.mark.parametrize("place", ["api/nothing", "api/types/nothing", "problems/nothing"])
async def test_what_there_is_not_is_said_on_a_page(client, place):
    page = await client.get(f"/fr/{place}")
    assert page.status_code == 404
    Outline(page.text).check()


@pytest.mark.parametrize("description", [{**DOCUMENT, "x-missing": ["matching"]}])
async def test_a_description_that_is_not_complete_says_so(client):
    assert "ne répond pas" in (await client.get("/fr/api")).text
