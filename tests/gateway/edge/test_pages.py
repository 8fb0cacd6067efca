"""People get pages and programs get documents; pages are remembered, purged and never mixed."""

import asyncio

import httpx2
import pytest
from tests.gateway.harness import OFFER_ID, SLUG, Place

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
DOCUMENT = f"/v1/offers/{SLUG}"
PAGE = f"/fr/offers/{SLUG}"


@pytest.mark.parametrize(
    ("language", "page"),
    [
        (None, "/fr"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "/fr"),
        ("en-GB,en;q=0.9,fr", "/en"),
        ("de", "/fr"),
    ],
)
async def test_a_browser_is_sent_to_the_page_of_an_offer(client, language, page):
    headers = {**BROWSER, **({"Accept-Language": language} if language else {})}
    answer = await client.get(DOCUMENT, headers=headers)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}/offers/{SLUG}")
    named = {one.strip() for one in answer.headers["Vary"].split(",")}
    assert {"Accept", "Accept-Language"} <= named
    assert answer.headers["Cache-Control"] == "no-store"


async def test_programs_keep_the_document_whoever_asked_before(client):
    first = await client.get(DOCUMENT)
    browser = await client.get(DOCUMENT, headers=BROWSER)
    second = await client.get(DOCUMENT)
    assert [first.status_code, browser.status_code, second.status_code] == [200, 302, 200]
    assert second.json() == first.json()


@pytest.mark.parametrize("path", ["/v1/offers", f"{DOCUMENT}/schema-org", "/v1/vocabularies"])
async def test_other_addresses_answer_a_browser_as_they_answer_everybody(client, path):
    assert (await client.get(path, headers=BROWSER)).status_code in {200, 404}


async def test_a_program_with_a_session_of_its_own_is_not_sent_anywhere(client, place, curator):
    headers = {**BROWSER, **await place.sign_in(curator)}
    assert (await client.get(DOCUMENT, headers=headers)).status_code == 200


async def test_an_anonymous_page_is_remembered_for_every_browser(client, place):
    first = await client.get(PAGE, headers={**BROWSER, "Accept-Language": "fr"})
    second = await client.get(PAGE, headers={"Accept": "text/html", "Accept-Language": "de"})
    assert second.text == first.text
    assert "Age" in second.headers
    assert len(place.catalog.requests) == 1


async def test_an_event_of_the_catalogue_outdates_pages(client, place: Place):
    await client.get(PAGE, headers=BROWSER)
    place.catalog.version = 2
    place.publish_withdrawal()
    for _ in range(100):
        page = await client.get(PAGE, headers=BROWSER)
        if page.text == "<title>None 2</title>":
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"the page of {OFFER_ID} is still the old one")


async def test_two_readers_and_an_anonymous_one_never_get_each_others_page(client, place):
    def cookie(name):
        return {**BROWSER, "Cookie": f"aiff_session={name}"}

    for _ in range(2):
        pages = await asyncio.gather(
            client.get(PAGE, headers=cookie("ada")),
            client.get(PAGE, headers=BROWSER),
            client.get(PAGE, headers=cookie("bob")),
        )
        assert [page.text.split()[0] for page in pages] == [
            "<title>ada",
            "<title>None",
            "<title>bob",
        ]
        assert pages[0].headers["Cache-Control"] == "private, no-store"
        assert pages[2].headers["Cache-Control"] == "private, no-store"
        assert pages[1].headers["Cache-Control"] == "public, max-age=60"


class SharedProxy(httpx2.AsyncBaseTransport):
    """A cache between all readers and the gateway, as RFC 9111 allows one and no stricter."""

    def __init__(self) -> None:
        self._inner = httpx2.AsyncHTTPTransport()
        self._kept: list[tuple[httpx2.Request, httpx2.Response]] = []
        self.hits = 0

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        for asked, answer in self._kept:
            if asked.url == request.url and self._selects(asked, request, answer):
                self.hits += 1
                return self._copied(answer)
        answer = await self._inner.handle_async_request(request)
        await answer.aread()
        keeping = answer.headers.get("Cache-Control", "")
        if "public" in keeping and not {"private", "no-store"} & set(keeping.split(", ")):
            self._kept.append((request, answer))
        return self._copied(answer)

    @staticmethod
    def _selects(asked, request, answer) -> bool:
        names = [name.strip() for name in answer.headers.get("Vary", "").split(",")]
        return all(asked.headers.get(name) == request.headers.get(name) for name in names)

    @staticmethod
    def _copied(answer: httpx2.Response) -> httpx2.Response:
        headers = [one for one in answer.headers.raw if one[0].lower() != b"content-encoding"]
        return httpx2.Response(answer.status_code, headers=headers, content=answer.content)

    async def aclose(self) -> None:
        await self._inner.aclose()


async def test_readers_behind_one_shared_proxy_never_get_each_others_page(place: Place):
    proxy = SharedProxy()
    async with httpx2.AsyncClient(base_url=place.address, transport=proxy) as shared:
        for _ in range(2):
            for name in ("ada", None, "bob"):
                cookie = {"Cookie": f"aiff_session={name}"} if name else {}
                page = await shared.get(PAGE, headers={**BROWSER, **cookie})
                assert page.text.split()[0] == f"<title>{name}"
    # Only what everybody may see was kept, and that it was.
    assert proxy.hits == 1
