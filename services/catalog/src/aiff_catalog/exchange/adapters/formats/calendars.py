"""Calendars (RFC 5545) of all deadlines, and of all sessions and cohorts.

The identifier of an event follows from the offer and from what happens when, so that a calendar
that is read again replaces what it said before. Days stay days; a time is told in UTC.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vText

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
        events = self._events(document, self._addresses)
        return b"".join(bytes(event.to_ical()) for event in events)


def deadline_events(document: OfferDocument, addresses: Addresses) -> Iterator[Event]:
    """Yield the closings and cut-offs of an offer."""
    seen: set[str] = set()
    for mode, moment in deadlines(document):
        name = f"{document.title.fr} ({mode.fr})" if mode else document.title.fr
        key = f"deadline-{moment.on}-{len(seen)}"
        seen.add(key)
        event = _event(document, addresses, key, f"Date limite : {name}")
        _when(event, moment)
        yield event


def session_events(document: OfferDocument, addresses: Addresses) -> Iterator[Event]:
    """Yield the sessions of a course, or the cohorts of a programme whose first day is known."""
    for place, (starts, ends, name, where) in enumerate(_sessions(document)):
        event = _event(document, addresses, f"session-{starts}-{place}", name)
        event.add("dtstart", starts)
        event.add("dtend", (ends or starts) + _A_DAY)
        if where:
            event.add("location", where)
        yield event


def _sessions(document: OfferDocument) -> Iterator[tuple[date, date | None, str, str | None]]:
    title = document.title.fr
    match document.details:
        case TrainingDetails(sessions=sessions):
            for session in sessions:
                yield session.starts, session.ends, title, session.place
        case IncubationDetails(cohorts=cohorts, location=location):
            for cohort in cohorts:
                if cohort.starts is not None:
                    name = f"{title} ({cohort.label})" if cohort.label else title
                    yield cohort.starts, cohort.ends, name, location


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
    instant: datetime = moment.start().astimezone(UTC)
    event.add("dtstart", instant)
    event.add("dtend", instant)


def _plain(text: str) -> str:
    """Return a text without the control characters that RFC 5545 (section 3.1) excludes."""
    ended = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in ended if one in "\n\t" or (one >= " " and one != "\x7f"))
