"""A journey as iCalendar (RFC 5545): its dates as events with alarms, the rest as tasks.

A closing without a time is an all-day event. The identifier of an event depends on the offer
and on what happens, so that importing a newer calendar replaces the older one's events.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Todo, vDuration, vText

from aiff_contracts.offer import Moment, Text
from aiff_matching.compute.domain.schedules import Days
from aiff_matching.journeys.domain.stages import STAGE_TITLES
from aiff_matching.journeys.domain.steps import Journey, Step
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.bilingual import text

_PRODUCER = "-//AI Factory France//Journeys 1//FR"
_DOMAIN = "journeys.aifactory-france.eu"
_WARNINGS = (timedelta(days=-14), timedelta(days=-2))
_A_DAY = timedelta(days=1)
_NAME = text("Parcours AI Factory France", "AI Factory France journey")
_BEGINS, _ENDS = text("Début", "Begins"), text("Fin", "Ends")
_OPENS, _CLOSES = text("Ouverture", "Opens"), text("Date limite", "Deadline")
_LATER = text("Relève suivante", "Later cut-off")
_TO_DO = text("À faire", "To do")
_LATE = text("Trop tard pour la date voulue.", "Too late for the wanted date.")


class _Writer:
    """Writes one journey in one language."""

    def __init__(self, journey: Journey, *, french: bool) -> None:
        self._journey = journey
        self._french = french

    def say(self, sentence: Text) -> str:
        return sentence.fr if self._french else sentence.en

    def calendar(self) -> Calendar:
        made = Calendar()
        made.add("prodid", _PRODUCER)
        made.add("version", "2.0")
        made.add("calscale", "GREGORIAN")
        made.add("method", "PUBLISH")
        made.add("x-wr-calname", self.say(_NAME))
        made.add("x-wr-timezone", "Europe/Paris")
        for step in self._journey.steps:
            events = list(self._events(step))
            for event in events:
                made.add_component(event)
            if not events:
                made.add_component(self._task(step))
        made.add_missing_timezones()
        return made

    def _events(self, step: Step) -> Iterator[Event]:
        timing = step.timing
        if timing.opens is not None:
            yield self._moment(step, "opens", _OPENS, timing.opens)
        if timing.apply_by is not None:
            yield self._deadline(step, _CLOSES, timing.apply_by)
        for moment in timing.later:
            yield self._deadline(step, _LATER, moment)
        if _is_one_day(timing.begins) and timing.begins.first > self._journey.today:
            yield self._day(step, "begins", _BEGINS, timing.begins.first)
        if timing.ends is not None and _is_one_day(timing.ends):
            yield self._day(step, "ends", _ENDS, timing.ends.first)

    def _deadline(self, step: Step, what: Text, moment: Moment) -> Event:
        at = "" if moment.at is None else f".{moment.at.isoformat()}.{moment.timezone}"
        made = self._moment(step, f"deadline.{moment.on.isoformat()}{at}", what, moment)
        for before in _WARNINGS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", vDuration(before))
            alarm.add("description", made["summary"])
            made.add_component(alarm)
        return made

    def _moment(self, step: Step, key: str, what: Text, moment: Moment) -> Event:
        if moment.at is None:
            return self._day(step, key, what, moment.on)
        made = self._event(step, key, what)
        made.add("dtstart", datetime.combine(moment.on, moment.at, ZoneInfo(moment.timezone)))
        return made

    def _day(self, step: Step, key: str, what: Text, day: date) -> Event:
        made = self._event(step, key, what)
        made.add("dtstart", day)
        made.add("dtend", day + _A_DAY)
        return made

    def _event(self, step: Step, key: str, what: Text) -> Event:
        made = Event()
        made.add("transp", "TRANSPARENT")
        self._describe(made, step, key, what)
        return made

    def _task(self, step: Step) -> Todo:
        made = Todo()
        made.add("dtstart", step.timing.apply.first)
        made.add("status", "NEEDS-ACTION")
        self._describe(made, step, "todo", _TO_DO)
        return made

    def _describe(self, made: Event | Todo, step: Step, key: str, what: Text) -> None:
        offer, option = step.choice.offer, step.choice.key.partition("/")[2]
        made.add("uid", f"{offer.id}.{option or 'offer'}.{key}@{_DOMAIN}")
        made.add("dtstamp", self._journey.evaluated_at)
        made.add("summary", f"{self.say(what)} : {self.say(offer.title)}")
        made.add("description", "\n".join(self._lines(step)))
        made.add("categories", [vText(self.say(STAGE_TITLES[step.stage]))])
        if offer.url is not None:
            made.add("url", offer.url)

    def _lines(self, step: Step) -> Iterator[str]:
        yield self.say(step.choice.offer.summary)
        for prerequisite in step.prerequisites:
            yield self.say(prerequisite.sentence)
        for caution in step.cautions:
            yield self.say(caution)
        if step.timing.in_time is Truth.FALSE:
            yield self.say(_LATE)


def calendar_of(journey: Journey, *, french: bool) -> bytes:
    """Return the journey as the bytes of a calendar file."""
    written: bytes = _Writer(journey, french=french).calendar().to_ical()
    return written


def _is_one_day(days: Days) -> bool:
    return days.last == days.first
