"""The network on a map with its table, deadlines by month, what is new: in both languages."""

import html
import re
from datetime import date, timedelta

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.catalog.support import NOW
from tests.portal.outline import Outline

from aiff_contracts.territory import TERRITORIES
from aiff_portal.network.domain.europe import europe
from aiff_portal.network.domain.months import months_of
from aiff_portal.ui.domain.formats import FORMATS

PAGES = ["network", "calendar", "calendar?kind=compute", "news", "news?days=90"]
UNION = {one.code for one in TERRITORIES.values() if one.parent == "EU"}


async def opened(client, address):
    page = await client.get(address)
    assert page.status_code == 200, page.text[:500]
    outline = Outline(page.text)
    outline.check()
    return html.unescape(page.text), outline


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_whole_light_and_public_in_each_language(client, language, path):
    page = await client.get(f"/{language}/{path}")
    assert page.status_code == 200
    outline = Outline(page.text)
    outline.check()
    assert page.headers["Cache-Control"].startswith("public")
    assert len(page.content) < 150_000
    other = "en" if language == "fr" else "fr"
    assert f"/{other}/{path}" in outline.links()
    known = await client.get(f"/{language}/{path}", headers={"Cookie": "aiff_session=x"})
    assert known.headers["Cache-Control"] == "private, no-store"


def test_the_map_has_the_whole_union_and_each_number_inside_it():
    found = europe()
    assert set(found.countries) >= UNION
    for outline in found.countries.values():
        assert 0 < outline.x < found.width
        assert 0 < outline.y < found.height
        assert re.fullmatch(r"(M[\d L]+Z)+", outline.path)


async def test_map_and_table_give_the_same_numbers(client):
    page, outline = await opened(client, "/fr/network")
    drawn = sorted(map(int, re.findall(r"<text[^>]*>(\d+)</text>", page)))
    rows = re.findall(r'<th scope="row">([^<]+) \((\d+)\)</th>(.*?)</tr>', page)
    on_map = [int(count) for name, count, _ in rows if name != "Union européenne"]
    assert drawn == sorted(on_map)
    for _, count, members in rows:
        assert members.count("<a ") == int(count)
    assert "/fr/offers/aif-ai2f" in outline.links()
    (drawing,) = outline.named("svg")
    assert drawing["role"] == "img"


async def test_each_deadline_stands_once_under_its_month_and_none_is_past(client, backend):
    page, outline = await opened(client, "/en/calendar")
    asked = dict(backend.asked[0].url.params)
    today = NOW.date()
    assert asked["deadline_after"] == today.isoformat()
    assert asked["deadline_before"] == (today + timedelta(days=365)).isoformat()
    months = re.findall(r'<h2 id="m(\d{4}-\d{2})">', page)
    assert months == sorted(set(months))
    assert months[0] >= today.isoformat()[:7]
    assert {"/v1/exports/deadlines.ics", "/v1/exports/sessions.ics"} <= set(outline.links())
    offers = [link for link in outline.links() if re.fullmatch(r"/en/offers/[a-z0-9-]+", link)]
    assert len(offers) == len(set(offers)) > 0


@given(st.lists(st.dates(date(2026, 1, 1), date(2028, 12, 31)), max_size=12))
def test_months_hold_all_days_in_their_order(days):
    offers = [
        {
            "slug": f"o{number}",
            "kind": "funding",
            "title": {"fr": "t", "en": "t"},
            "providers": [],
            "next_deadline": {"on": day.isoformat(), "at": None, "timezone": "Europe/Paris"},
        }
        for number, day in enumerate(days)
    ]
    months = months_of(offers, FORMATS["fr"], "/fr/")
    assert [month.anchor for month in months] == sorted({f"m{day:%Y-%m}" for day in days})
    shown = [one.day for month in months for one in month.days]
    assert shown == [FORMATS["fr"].day(day.isoformat()) for day in sorted(days)]


async def test_a_kind_or_a_period_that_does_not_exist_is_as_if_none_was_asked_for(client, backend):
    await opened(client, "/fr/calendar?kind=<script>")
    assert "kind" not in dict(backend.asked[0].url.params)
    page, _ = await opened(client, "/fr/news?days=-1")
    assert "30 derniers jours" in page
    assert "<script>" not in page


async def test_an_empty_calendar_says_so(client, backend):
    backend.instead = lambda _request: httpx2.Response(
        200, json={"items": [], "next": None, "prev": None}
    )
    page, _ = await opened(client, "/fr/calendar")
    assert "Aucune date limite" in page


async def test_what_entered_is_counted_and_leads_to_its_search_and_its_feed(client):
    page, outline = await opened(client, "/fr/news")
    since = (NOW.date() - timedelta(days=30)).isoformat()
    assert f"/fr/offers?published_since={since}" in outline.links()
    assert "/v1/changes/feed.atom" in outline.links()
    counted = int(re.search(r"<p>(\d+) offres</p>", page)[1])
    found, _ = await opened(client, f"/fr/offers?published_since={since}")
    assert f">{counted} offres<" in found


async def test_all_pages_of_a_list_are_read(client, backend):
    def answer(request):
        more = "cursor" not in dict(request.url.params)
        return httpx2.Response(200, json={"items": [], "next": "n" if more else None, "prev": None})

    backend.instead = answer
    await opened(client, "/fr/network")
    assert len(backend.asked) == 4
