"""The first page as browsers and people meet it."""

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from itertools import pairwise

import httpx2
import pytest

from aiff_kit.auth import ANONYMOUS, IdentitySigner
from aiff_portal.main.service import application
from aiff_portal.main.settings import PortalSettings

SECRET = "a secret that only this test knows, long enough"
PUBLIC = "https://services.example.org"


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    app = application(PortalSettings(AIFF_PUBLIC_URL=PUBLIC), SECRET)
    headers = {"X-AIFF-Identity": IdentitySigner(SECRET).sign(ANONYMOUS, "portal")}
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://portal", headers=headers
    ) as opened:
        yield opened


async def test_an_anonymous_reader_gets_the_page_in_french(client):
    page = await client.get("/")
    assert page.status_code == 200
    assert page.headers["Content-Language"] == "fr"
    assert '<html lang="fr">' in page.text
    assert "start-up" in page.text


async def test_a_call_past_the_gateway_is_refused(client):
    answer = await client.get("/", headers={"X-AIFF-Identity": "forged"})
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/?lang=en", "/"])
async def test_english_is_one_click_or_one_header_away(client, path):
    page = await client.get(path, headers={"Accept-Language": "en-GB,en;q=0.9,fr;q=0.5"})
    assert '<html lang="en">' in page.text


async def test_the_page_may_be_kept_and_is_told_apart_by_its_etag(client):
    page = await client.get("/")
    assert page.headers["Cache-Control"].startswith("public")
    assert page.headers["Vary"] == "Accept, Accept-Language"
    again = await client.get("/", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    assert (await client.get("/?lang=en")).headers["ETag"] != page.headers["ETag"]


@pytest.mark.parametrize("query", ["lang=de", "language=fr", "lang=en&q=1"])
async def test_an_unknown_parameter_or_value_is_400(client, query):
    answer = await client.get(f"/?{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_page_can_be_used_without_seeing_it(client, language):
    outline = _Outline()
    outline.feed((await client.get(f"/?lang={language}")).text)
    for landmark in ("header", "nav", "main", "footer", "h1", "form"):
        assert len(outline.named(landmark)) == 1
    assert outline.named("label")[0]["for"] == outline.named("input")[0]["id"]
    assert all("alt" in image for image in outline.named("img"))
    assert {"href": "#content", "class": "skip"} in outline.named("a")
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


async def test_the_page_holds_no_script_and_no_inline_style(client):
    page = await client.get("/")
    outline = _Outline()
    outline.feed(page.text)
    assert outline.named("script") == outline.named("style") == []
    assert not any("style" in attributes for _, attributes in outline.tags)
    assert "unsafe" not in page.headers["Content-Security-Policy"]


async def test_the_examples_show_the_public_address(client):
    page = await client.get("/")
    assert f"curl -s {PUBLIC}/v1/matches" in page.text
    assert "{base}" not in page.text


async def test_what_the_page_refers_to_exists(client):
    outline = _Outline()
    outline.feed((await client.get("/")).text)
    own = [str(link["href"]) for link in outline.named("link") + outline.named("a")]
    for address in own:
        if address.startswith(("/static/", "/?")):
            assert (await client.get(address)).status_code == 200
    assert (await client.get("/static/other.css")).status_code == 404


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
async def test_health_needs_no_identity(client, path):
    assert (await client.get(path, headers={"X-AIFF-Identity": ""})).status_code == 200
