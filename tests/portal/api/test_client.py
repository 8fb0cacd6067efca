"""The portal asks with the reader's own session and language, and holds no right of its own."""

import asyncio

import httpx2

SESSION = "aiff_s_reader"


async def test_an_anonymous_page_is_asked_without_any_credential(client, backend):
    await client.get("/en/offers?q=h100", headers={"X-Request-Id": "page-1234"})
    (asked,) = backend.asked
    assert "authorization" not in asked.headers
    assert "cookie" not in asked.headers
    assert asked.headers["accept-language"] == "en"
    assert asked.headers["accept"] == "application/json"
    assert asked.headers["x-request-id"]


async def test_a_session_is_shown_to_the_api_and_its_page_is_for_nobody_else(client, backend):
    page = await client.get("/fr/offers", headers={"Cookie": f"aiff_session={SESSION}"})
    assert backend.asked[0].headers["authorization"] == f"Bearer {SESSION}"
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Vary"] == "Cookie"


async def test_two_readers_at_the_same_time_never_get_each_others_page(client, backend):
    def echo(request):
        name = request.headers.get("authorization", "nobody").removeprefix("Bearer ")
        both = {"fr": name, "en": name}
        offer = {
            "slug": "x",
            "kind": "compute",
            "title": both,
            "summary": both,
            "providers": [],
            "intake_status": "open",
            "price_basis": "free",
            "next_deadline": None,
            "close": False,
        }
        found = {"items": [offer], "count": 1, "close_count": 0, "prev": None, "next": None}
        return httpx2.Response(200, json={**found, "degraded": True, "approximate": False})

    backend.instead = echo
    sessions = [f"reader{number}" for number in range(20)]
    pages = await asyncio.gather(
        *(client.get("/fr/offers", headers={"Cookie": f"aiff_session={one}"}) for one in sessions)
    )
    for own, page in zip(sessions, pages, strict=True):
        shown = [one for one in sessions if f">{one}<" in page.text]
        assert shown == [own]
        assert "mode réduit" in page.text


async def test_a_cookie_that_the_api_sets_goes_to_nobody(client, backend):
    backend.instead = lambda _request: httpx2.Response(404, headers={"Set-Cookie": "a=b"})
    await client.get("/fr/")
    await client.get("/fr/")
    assert all("cookie" not in asked.headers for asked in backend.asked)
