"""Calendars, the Atom feed and the sitemaps, each read by a parser of its own."""

from datetime import UTC, date, datetime
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
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
        is_day = not isinstance(event.decoded("dtstart"), datetime)
        assert is_day == ("dtend" in event)
        assert not is_day or event.decoded("dtstart") < event.decoded("dtend")


def test_a_deadline_without_a_time_is_a_day_and_one_with_a_time_an_instant_without_an_end():
    (day,) = calendar(deadline_events, one(intake=window({"on": "2026-12-31"})))
    assert (day.decoded("dtstart"), day.decoded("dtend")) == (date(2026, 12, 31), date(2027, 1, 1))
    timed = window({"on": "2026-12-31", "at": "17:00", "timezone": "Europe/Brussels"})
    (instant,) = calendar(deadline_events, one(intake=timed))
    assert instant.decoded("dtstart") == datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert instant["dtstart"].params["tzid"] == "Europe/Brussels"
    assert "dtend" not in instant


def test_each_zone_is_described_once_before_the_first_event_that_is_in_it():
    def closing(slug, zone):
        at = {"on": "2061-07-01", "at": "17:00", "timezone": zone}
        return dump_json(published(content(slug, "funding", intake=window(at)), KNOWN))

    zones = ("Europe/Helsinki", "UTC", "Europe/Paris", "Europe/Helsinki")
    writer = CalendarWriter("essai", deadline_events, ROOT)
    parts = [writer.add([closing(f"aide-{n}", zone)]) for n, zone in enumerate(zones)]
    assert [part.count(b"BEGIN:VTIMEZONE") for part in parts] == [1, 0, 1, 0]
    assert all(part.startswith(b"BEGIN:V") for part in parts)
    whole = Calendar.from_ical(b"".join((writer.begin(), *parts, *writer.end())))
    starts = [event.decoded("dtstart") for event in whole.walk("VEVENT")]
    assert [start.astimezone(UTC).hour for start in starts] == [14, 17, 15, 14]


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


MORNING, EVENING = {"at": "09:00"}, {"at": "17:00", "timezone": "Europe/Brussels"}
CUT_OFFS = (
    {"on": "2026-12-15", **EVENING},
    {"on": "2027-03-16", **MORNING},
    {"on": "2027-03-16", **EVENING},
    {"on": "2027-03-16"},
    {"on": "2027-06-15"},
)
SESSIONS = (
    {"starts": "2027-01-11", "place": "Paris"},
    {"starts": "2027-01-11", "place": "Lyon"},
    {"starts": "2027-01-11", "place": "Lyon", "language": "en"},
    {"starts": "2027-01-11"},
    {"starts": "2027-02-01", "place": "Paris", "seats_left": 3},
)
COHORTS = (
    {"label": "Printemps", "starts": "2027-03-01"},
    {"label": "Santé", "starts": "2027-03-01"},
    {"starts": "2027-09-01"},
)


def cut_offs(chosen):
    return deadline_events, one(intake={"shape": "cut_offs", "cut_offs": chosen})


def sessions(chosen):
    return session_events, one("training", details={"sessions": chosen})


def cohorts(chosen):
    return session_events, one("incubation", details={"cohorts": chosen})


@pytest.mark.parametrize(
    ("made", "every"), [(cut_offs, CUT_OFFS), (sessions, SESSIONS), (cohorts, COHORTS)]
)
@given(data=st.data())
def test_an_event_keeps_its_identifier_whatever_becomes_of_the_others(made, every, data):
    def uids(chosen):
        return {str(event["uid"]) for event in calendar(*made(chosen))}

    names = [uids([entry]) for entry in every]
    chosen = data.draw(st.lists(st.sampled_from(range(len(every))), unique=True, min_size=1))
    assert uids([every[n] for n in chosen]) == set().union(*(names[n] for n in chosen))


def test_two_sessions_that_nothing_tells_apart_are_two_events_and_seats_change_no_name():
    alike = {"starts": "2027-01-11", "place": "Paris"}
    twice = calendar(*sessions([alike, alike]))
    assert len({event["uid"] for event in twice}) == 2
    (full,) = calendar(*sessions([{**alike, "seats_left": 0, "ends": "2027-01-12"}]))
    assert full["uid"] == twice[0]["uid"]


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
