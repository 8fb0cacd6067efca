"""Calendars (RFC 5545) of all deadlines, and of all sessions and cohorts.

The identifier of an event follows from the offer and from what happens when, never from its place
in a list, so that a calendar that is read again replaces what it said before (RFC 5545, 3.8.4.7).
Days stay days; a time is told in its own zone, and an instant has no end.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from functools import cache

from icalendar import Calendar, Event, Timezone, vText

from aiff_catalog.exchange.adapters.formats.naming import Addresses
from aiff_catalog.exchange.adapters.formats.rendering import rendered
from aiff_catalog.exchange.domain import deadlines
from aiff_contracts.offer import IncubationDetails, Moment, OfferDocument, TrainingDetails

_PRODUCER = "-//AI Factory France//Catalogue 1//FR"
_DOMAIN = "catalogue.aifactory-france.eu"
_A_DAY = timedelta(days=1)
_END = b"END:VCALENDAR\r\n"
Events = Callable[[OfferDocument, Addresses], Iterator[Event]]


class CalendarWriter:
    """Writes the events of some offers after the others."""

    def __init__(self, name: str, events: Events, addresses: Addresses) -> None:
        """Keep the calendar's name and what makes the events of an offer."""
        self._name = name
        self._events = events
        self._addresses = addresses
        self._zones: set[str] = set()

    def begin(self) -> bytes:
        """Return the head of the calendar."""
        head = Calendar()
        head.add("prodid", _PRODUCER)
        head.add("version", "2.0")
        head.add("method", "PUBLISH")
        head.add("x-wr-calname", self._name)
        return bytes(head.to_ical()).removesuffix(_END)

    def add(self, documents: Sequence[bytes]) -> bytes:
        """Return the events of some offers."""
        return b"".join(rendered(documents, self._written))

    def end(self) -> Iterable[bytes]:
        """Yield the end of the calendar."""
        return (_END,)

    def _written(self, document: OfferDocument) -> bytes:
        """Return the events of an offer, each zone before the first event that is in it."""
        events = list(self._events(document, self._addresses))
        told = (event["dtstart"].params.get("tzid") for event in events)
        zones = [zone for zone in dict.fromkeys(told) if zone and zone not in self._zones]
        written = b"".join((*map(_zone, zones), *(bytes(event.to_ical()) for event in events)))
        self._zones.update(zones)
        return written


def deadline_events(document: OfferDocument, addresses: Addresses) -> Iterator[Event]:
    """Yield the closings and cut-offs of an offer."""
    for mode, moment in deadlines(document):
        name = f"{document.title.fr} ({mode.name.fr})" if mode else document.title.fr
        key = _key("deadline", moment.on, moment.at, moment.timezone, mode.id if mode else None)
        event = _event(document, addresses, key, f"Date limite : {name}")
        _when(event, moment)
        yield event


def session_events(document: OfferDocument, addresses: Addresses) -> Iterator[Event]:
    """Yield the sessions of a course, or the cohorts of a programme whose first day is known."""
    alike: Counter[str] = Counter()
    for session in _sessions(document):
        key = _key("session", session.starts, *session.identity)
        alike[key] += 1
        # Two that nothing tells apart are counted: neither is lost, and none has another's place.
        numbered = key if alike[key] == 1 else f"{key}-{alike[key]}"
        event = _event(document, addresses, numbered, session.name)
        event.add("dtstart", session.starts)
        event.add("dtend", (session.ends or session.starts) + _A_DAY)
        if session.place:
            event.add("location", session.place)
        yield event


def _key(what: str, day: date, *more: object) -> str:
    """Return what tells an event from the others of its offer, whatever becomes of those."""
    told = "\n".join(str(part) for part in more)
    return f"{what}-{day}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class _Session:
    """A session or a cohort. `identity` is what remains while days, seats and titles are mended."""

    starts: date
    ends: date | None
    name: str
    place: str | None
    identity: tuple[str | None, ...]


def _sessions(document: OfferDocument) -> Iterator[_Session]:
    title = document.title.fr
    match document.details:
        case TrainingDetails(sessions=sessions):
            for one in sessions:
                held = (one.place, one.language, one.modality)
                yield _Session(one.starts, one.ends, title, one.place, held)
        case IncubationDetails(cohorts=cohorts, location=location):
            for cohort in cohorts:
                if cohort.starts is not None:
                    name = f"{title} ({cohort.label})" if cohort.label else title
                    yield _Session(cohort.starts, cohort.ends, name, location, (cohort.label,))


def _event(document: OfferDocument, addresses: Addresses, key: str, name: str) -> Event:
    event = Event()
    event.add("uid", f"{document.id}-{key}@{_DOMAIN}")
    event.add("dtstamp", document.updated_at.astimezone(UTC))
    event.add("sequence", document.version)
    event.add("summary", vText(_plain(name)))
    event.add("description", vText(_plain(f"{document.summary.fr}\n\n{document.summary.en}")))
    event.add("url", str(addresses.offer(document)))
    event.add("transp", "TRANSPARENT")
    return event


def _when(event: Event, moment: Moment) -> None:
    if moment.at is None:
        event.add("dtstart", moment.on)
        event.add("dtend", moment.on + _A_DAY)
        return
    event.add("dtstart", moment.start())


@cache
def _zone(name: str) -> bytes:
    """Return the rules of a zone for all the years in which a moment can be."""
    made = Timezone.from_tzid(name, first_date=date(1970, 1, 1), last_date=date(2201, 1, 1))
    return bytes(made.to_ical())


def _plain(text: str) -> str:
    """Return a text without the control characters that RFC 5545 (section 3.1) excludes."""
    ended = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in ended if one in "\n\t" or (one >= " " and one != "\x7f"))
