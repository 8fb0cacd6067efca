"""A journey as a page shows it: stages, dates ahead, steps on a line of time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiff_contracts.labels import INTAKE_STATUSES
from aiff_portal.needs.domain.answered.journey_words import JOURNEY, STAGE_STATES
from aiff_portal.needs.domain.answered.match_words import VERDICT_NAMES, VERDICT_TONES
from aiff_portal.needs.domain.answered.spans import (
    amount_text,
    component_text,
    cost_text,
    days_text,
)
from aiff_portal.needs.domain.saying import say
from aiff_portal.ui.domain.formats import Formats

Document = Mapping[str, Any]
_MOST_CONDITIONS = 3


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage with how far it is covered, and what comes nearest where it is not."""

    title: str
    state: str
    tone: str
    sentence: str
    gap: bool
    nearest: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step: when, what it brings, what comes before it, what could take its place."""

    address: str
    title: str
    summary: str
    provider: str
    stage: str
    verdict: str
    tone: str
    when: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    cautions: tuple[str, ...]
    otherwise: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class DateLine:
    """A day ahead: what happens on it, for which offer."""

    day: str
    what: str
    title: str


@dataclass(frozen=True, slots=True)
class Journeys:
    """Writes journeys in one language; `home` begins the addresses of offers."""

    formats: Formats
    home: str

    def stages(self, journey: Document) -> tuple[StageLine, ...]:
        """Return the seven stages."""
        return tuple(map(self._stage, journey["stages"]))

    def steps(self, journey: Document) -> tuple[StepLine, ...]:
        """Return the steps in their order."""
        titles = {one["stage"]: self._text(one["title"]) for one in journey["stages"]}
        today = date.fromisoformat(journey["today"])
        return tuple(self._step(step, titles, today) for step in journey["steps"])

    def dates(self, journey: Document) -> tuple[DateLine, ...]:
        """Return the openings and closings ahead, the next one first."""
        found = [one for step in journey["steps"] for one in _moments(step)]
        return tuple(
            DateLine(
                self.formats.moment(moment) or "",
                say(JOURNEY[what], self.formats),
                self._text(step["offer"]["title"]),
            )
            for moment, what, step in sorted(found, key=lambda one: (one[0]["on"], one[1]))
        )

    def left_out(self, journey: Document) -> tuple[tuple[str, str, str], ...]:
        """Return the offers that are no step: address, title, why."""
        return tuple(map(self._left, journey["left_out"]))

    def _stage(self, stage: Document) -> StageLine:
        words, tone = STAGE_STATES[stage["status"]]
        return StageLine(
            self._text(stage["title"]),
            say(words, self.formats),
            tone,
            self._text(stage["sentence"]),
            stage["status"] == "gap",
            tuple(map(self._left, stage["nearest"])),
        )

    def _step(self, step: Document, titles: Mapping[str, str], today: date) -> StepLine:
        offer = step["offer"]
        return StepLine(
            f"{self.home}offers/{offer['slug']}",
            self._text(offer["title"]),
            self._text(offer["summary"]),
            offer["provider"],
            titles[step["stage"]],
            say(VERDICT_NAMES[step["if_open"]], self.formats),
            VERDICT_TONES[step["if_open"]],
            self._when(step, today),
            tuple((name, lines) for name, lines in self._facts(step, today) if lines),
            tuple(self._cautions(step)),
            tuple(self._other(one) for one in step["alternatives"]),
        )

    def _when(self, step: Document, today: date) -> str:
        timing, status = step["timing"], step["intake_status"]
        if status == "unknown":
            return say(JOURNEY["no_calendar"], self.formats)
        if status == "by_recommendation":
            return say(INTAKE_STATUSES[status], self.formats)
        begun = timing["opens"] is None and timing["apply"]["first"] <= today.isoformat()
        begin = say(JOURNEY["now"], self.formats)
        when = begin if begun else days_text(timing["apply"], self.formats) or ""
        last = self.formats.moment(timing["apply_by"])
        by = say(JOURNEY["apply_by"], self.formats).format(day=last) if last else ""
        return ", ".join(filter(None, (when, by)))

    def _facts(self, step: Document, today: date) -> Iterator[tuple[str, tuple[str, ...]]]:
        timing, formats = step["timing"], self.formats
        first = tuple(self._text(one["sentence"]) for one in step["requires"])
        yield say(JOURNEY["first"], formats), first
        begins = timing["begins"]
        ahead = begins["last"] is not None or begins["first"] > today.isoformat()
        yield say(JOURNEY["begins"], formats), _told(days_text(begins, formats) if ahead else None)
        yield say(JOURNEY["ends"], formats), _told(days_text(timing["ends"], formats))
        yield say(JOURNEY["amounts"], formats), tuple(self._amounts(step))
        conditions = step["reasons"]["conditions"][:_MOST_CONDITIONS]
        yield say(JOURNEY["confirm"], formats), tuple(map(self._text, conditions))

    def _amounts(self, step: Document) -> Iterator[str]:
        yield from (component_text(part, self.formats) for part in step["components"])
        way = step["way"]
        if way is None:
            return
        in_money = (way["amount"] or {}).get("unit") == "eur"
        amount = None if in_money else amount_text(way["amount"], self.formats)
        yield from filter(None, (amount, cost_text(way["cost"], self.formats)))

    def _cautions(self, step: Document) -> Iterator[str]:
        timing = step["timing"]
        late = {"no": "too_late", "unknown": "maybe_late"}.get(timing["in_time"] or "")
        if late and timing["deadline"]:
            day = self.formats.day(timing["deadline"])
            yield say(JOURNEY[late], self.formats).format(day=day)
        yield from map(self._text, step["cautions"])

    def _other(self, one: Document) -> tuple[str, str, str]:
        return self._named(one["offer"], one["why"])

    def _left(self, one: Document) -> tuple[str, str, str]:
        return self._named(one["offer"], one["sentence"])

    def _named(self, offer: Document, why: Document) -> tuple[str, str, str]:
        address = f"{self.home}offers/{offer['slug']}"
        return address, self._text(offer["title"]), self._text(why)

    def _text(self, both: Mapping[str, str]) -> str:
        return self.formats.text(both) or ""


def _told(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _moments(step: Document) -> Iterator[tuple[Document, str, Document]]:
    timing = step["timing"]
    if timing["opens"]:
        yield timing["opens"], "opens", step
    closings = [timing["apply_by"]] if timing["apply_by"] else []
    yield from ((moment, "closes", step) for moment in (*closings, *timing["later"]))
