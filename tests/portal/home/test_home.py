"""The first page as browsers and people meet it."""

import pytest
from tests.portal.conftest import PUBLIC
from tests.portal.outline import Outline


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


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_page_can_be_used_without_seeing_it(client, language):
    outline = Outline((await client.get(f"/?lang={language}")).text)
    outline.check()
    assert len(outline.named("form")) == 1
    assert outline.named("label")[0]["for"] == outline.named("input")[0]["id"]


async def test_the_page_holds_no_script_and_no_inline_style(client):
    page = await client.get("/")
    outline = Outline(page.text)
    assert outline.named("script") == outline.named("style") == []
    assert not any("style" in attributes for _, attributes in outline.tags)
    assert "unsafe" not in page.headers["Content-Security-Policy"]


async def test_the_examples_show_the_public_address(client):
    page = await client.get("/")
    assert f"curl -s {PUBLIC}/v1/matches" in page.text
    assert "{base}" not in page.text


async def test_what_the_page_refers_to_exists(client):
    outline = Outline((await client.get("/")).text)
    own = [str(link["href"]) for link in outline.named("link") + outline.named("a")]
    for address in own:
        if address.startswith(("/static/", "/?")):
            assert (await client.get(address)).status_code == 200
    assert (await client.get("/static/other.css")).status_code == 404


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
async def test_health_needs_no_identity(client, path):
    assert (await client.get(path, headers={"X-AIFF-Identity": ""})).status_code == 200
