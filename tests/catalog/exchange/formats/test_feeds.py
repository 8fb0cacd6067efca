"""Calendars, the Atom feed and the sitemaps, each read by a parser of its own."""

from datetime import UTC, date, datetime
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from tests.catalog.real_documents import published, stored_documents
from tests.catalog.support import both, content, organisation

from aiff_catalog.exchange.adapters.formats.calendars import (
    CalendarWriter,
    deadline_events,
    session_events,
)
from aiff_catalog.exchange.adapters.formats.naming import Addresses
from aiff_catalog.exchange.adapters.formats.xml import XmlFeeds
from aiff_catalog.exchange.application.change_feed import OfferChange
from aiff_contracts.codec import dump_json

ROOT = Addresses("https://example.org")
KNOWN = {"genci": organisation("genci")}
ATOM, SITEMAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ID = UUID("018f0000-0000-7000-8000-000000000001")
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def calendar(events, *documents):
    writer = CalendarWriter("essai", events, ROOT)
    written = b"".join((writer.begin(), writer.add(documents), *writer.end()))
    return Calendar.from_ical(written).walk("VEVENT")


def one(kind="funding", **changes):
    return dump_json(published(content("bourse", kind, **changes), KNOWN))


def window(closes):
    return {"shape": "window", "window": {"closes": closes}}


@pytest.mark.parametrize(("events", "least"), [(deadline_events, 40), (session_events, 1)])
def test_the_calendars_of_the_real_catalogue_have_distinct_events(events, least):
    found = calendar(events, *stored_documents())
    uids = [str(event["uid"]) for event in found]
    assert len(uids) == len(set(uids)) >= least
    for event in found:
        assert event.decoded("dtstart") <= event.decoded("dtend")


def test_a_deadline_without_a_time_is_a_day_and_one_with_a_time_an_instant():
    (day,) = calendar(deadline_events, one(intake=window({"on": "2026-12-31"})))
    assert (day.decoded("dtstart"), day.decoded("dtend")) == (date(2026, 12, 31), date(2027, 1, 1))
    timed = window({"on": "2026-12-31", "at": "17:00", "timezone": "Europe/Brussels"})
    (instant,) = calendar(deadline_events, one(intake=timed))
    assert instant.decoded("dtstart") == datetime(2026, 12, 31, 16, tzinfo=UTC)


def test_each_access_mode_has_its_own_deadlines():
    mode = {
        "id": "regulier",
        "name": both("Accès régulier"),
        "programme": "GENCI",
        "unit": "gpu_hour",
        "intake": {"shape": "cut_offs", "cut_offs": [{"on": "2027-01-15"}, {"on": "2027-06-15"}]},
    }
    found = calendar(deadline_events, one("compute", details={"access_modes": [mode]}))
    assert [event.decoded("dtstart") for event in found] == [date(2027, 1, 15), date(2027, 6, 15)]
    assert all("Accès régulier" in event["summary"] for event in found)


def test_a_session_lasts_until_the_evening_of_its_last_day():
    session = {"starts": "2027-01-11", "ends": "2027-01-12", "place": "Paris"}
    (event,) = calendar(session_events, one("training", details={"sessions": [session]}))
    assert event.decoded("dtend") == date(2027, 1, 13)
    assert event["location"] == "Paris"


def test_the_same_calendar_again_has_the_same_identifiers():
    document = one(intake=window({"on": "2026-12-31"}))
    first, again = (calendar(deadline_events, document)[0]["uid"] for _ in range(2))
    assert first == again


def change(document=None, **more):
    values = {"slug": "bourse", "version": 3, "state": "published", "reason": None} | more
    return OfferChange(position=1, offer_id=ID, at=AT, document=document, **values)


def test_the_feed_names_what_changed_and_why_something_is_gone():
    gone = change(state="archived", reason="terminé <fin>", slug="passee")
    feed = ET.fromstring(XmlFeeds(ROOT).atom([change(one()), gone], AT))
    entries = feed.findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}title") for e in entries] == [
        "bourse",
        "Retirée / withdrawn : passee",
    ]
    assert entries[1].findtext(f"{ATOM}summary") == "terminé <fin>"
    assert entries[0].find(f"{ATOM}link").get("href") == f"https://example.org/v1/offers/{ID}"
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}")


def test_a_sitemap_lists_addresses_and_the_index_lists_sitemaps():
    urls = ET.fromstring(XmlFeeds(ROOT).sitemap([("bourse", AT)]))
    assert urls.findtext(f"{SITEMAP}url/{SITEMAP}loc") == "https://example.org/v1/offers/bourse"
    assert urls.findtext(f"{SITEMAP}url/{SITEMAP}lastmod") == "2026-11-24T12:00:00Z"
    index = ET.fromstring(XmlFeeds(ROOT).sitemap_index(2))
    assert [loc.text for loc in index.iter(f"{SITEMAP}loc")] == [
        "https://example.org/sitemap/1",
        "https://example.org/sitemap/2",
    ]
