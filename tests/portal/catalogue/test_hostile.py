"""Hostile titles, texts, names and search terms show as text on every page."""

from urllib.parse import quote

import pytest
from tests.portal.backend import ATTACK
from tests.portal.outline import Outline

TERMS = [
    ATTACK,
    "<script>alert(1)</script>",
    '" onfocus=alert(1) autofocus x="',
    "{{ 7 * 7 }}{% raw %}",
    "' OR 1=1 --",
    "javascript:alert(1)",
    "\u202egnp.exe",
    "%3Cscript%3E",
    "</title><script>alert(1)</script>",
    "&lt;mark&gt;<mark>",
]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "path", ["offers/hostile", "organisations/hostile", "offers?q=hostile", "offers?q=Titre", ""]
)
async def test_hostile_listings_act_nowhere(client, language, path):
    page = await client.get(f"/{language}/{path}")
    assert page.status_code == 200
    Outline(page.text).check()
    assert "<script>" not in page.text
    assert "<img src=x" not in page.text


async def test_a_hostile_title_is_read_as_it_was_written(client):
    outline = Outline((await client.get("/fr/offers/hostile")).text)
    assert f"Titre {ATTACK}" in outline.text


@pytest.mark.parametrize("term", TERMS)
async def test_hostile_searches_show_as_text(client, term):
    page = await client.get(f"/fr/offers?q={quote(term)}&provider={quote(term[:80])}")
    outline = Outline(page.text)
    outline.check()
    assert "<script>" not in page.text
    if page.status_code == 200:
        (field,) = (one for one in outline.named("input") if one.get("id") == "q")
        assert field["value"] == term.strip()


@pytest.mark.parametrize("reference", ["..%2f..%2fv1%2fme", "%00", "a%0d%0aSet-Cookie:x", "é" * 90])
async def test_hostile_references_ask_for_nothing_else(client, backend, reference):
    page = await client.get(f"/fr/offers/{reference}")
    assert page.status_code in {400, 404}
    assert "Set-Cookie" not in page.headers
    assert all(asked.url.raw_path.startswith(b"/v1/offers/") for asked in backend.asked)
