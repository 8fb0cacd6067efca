"""A journey as a page to print and to bring to a meeting, in French or in English."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from aiff_contracts.days import day_en, day_fr
from aiff_contracts.labels import ACCESS_UNITS, INSTRUMENTS, capital
from aiff_contracts.offer import FundingComponent, Moment, Text
from aiff_matching.compute.domain.schedules import Days
from aiff_matching.journeys.domain.stages import STAGE_TITLES
from aiff_matching.journeys.domain.steps import Choice, Journey, Step
from aiff_matching.journeys.entrypoints.http.page_words import VERDICTS, WORDS
from aiff_matching.journeys.entrypoints.http.schemas import JourneyRequest
from aiff_matching.profiles.domain.wording import euros, measure_text
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.bilingual import text

_PACKAGE = "aiff_matching.journeys.entrypoints.http"
_STYLE = (files(_PACKAGE) / "templates" / "journey.css").read_text(encoding="utf-8")
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
# The page has one style, named by its digest, and loads and runs nothing.
PAGE_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_PAGES = Environment(
    loader=PackageLoader(_PACKAGE, "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PARIS = ZoneInfo("Europe/Paris")
_MOST_CONDITIONS = 3


class _Page:
    """What the template asks for, in one language."""

    def __init__(self, journey: Journey, question: JourneyRequest, *, french: bool) -> None:
        self.journey = journey
        self.need = question.need
        self.profile = question.profile
        self.language = "fr" if french else "en"
        self.words = {name: self.say(words) for name, words in WORDS.items()}

    def say(self, sentence: Text) -> str:
        """Return a sentence in the page's language."""
        return sentence.fr if self.language == "fr" else sentence.en

    def day(self, day: date) -> str:
        """Return a date in words."""
        return day_fr(day) if self.language == "fr" else day_en(day)

    def moment(self, moment: Moment) -> str:
        """Return a closing in words; its time zone is said where it is not that of Paris."""
        if moment.at is None:
            return self.day(moment.on)
        zone = "" if moment.timezone == "Europe/Paris" else f" ({moment.timezone})"
        return f"{self.day(moment.on)}, {moment.at:%H:%M}{zone}"

    def days(self, days: Days) -> str:
        """Return a range of days in words; an unknown end is said."""
        first = self.day(days.first)
        if days.last == days.first:
            return first
        if days.last is None:
            return self.words["at_best"].format(day=first)
        return self.words["between"].format(first=first, last=self.day(days.last))

    def stage(self, name: str) -> str:
        """Return a stage's title."""
        return self.say(STAGE_TITLES[name])  # type: ignore[index]

    def verdict(self, choice: Choice) -> str:
        """Return a verdict in two or three words."""
        return self.say(VERDICTS[choice.decision.if_open])

    def made_on(self) -> str:
        """Return when the answer was made, in Paris."""
        made: datetime = self.journey.evaluated_at.astimezone(_PARIS)
        return f"{self.day(made.date())}, {made:%H:%M}"

    def late(self, step: Step) -> str:
        """Return whether a step comes too late for the project's date, empty where in time."""
        deadline, in_time = step.timing.deadline, step.timing.in_time
        if deadline is None or in_time is None or in_time is Truth.TRUE:
            return ""
        name = "too_late" if in_time is Truth.FALSE else "maybe_late"
        return self.words[name].format(day=self.day(deadline))

    def when(self, step: Step) -> str:
        """Return when to apply or to ask."""
        timing = step.timing
        if timing.status in {"unknown", "by_recommendation"}:
            return self.words[timing.status]
        now = timing.opens is None and timing.apply.first <= self.journey.today
        begin = self.words["any_time"] if now else self.days(timing.apply)
        if timing.apply_by is None:
            return begin
        return f"{begin}, {self.words['apply_by'].format(day=self.moment(timing.apply_by))}"

    def amounts(self, step: Step) -> list[str]:
        """Return what is paid or given, each in its own unit."""
        return list(self._amounts(step.choice))

    def _amounts(self, choice: Choice) -> Iterator[str]:
        for part in choice.components:
            yield self.say(_component(part))
        if choice.planned is None:
            return
        option = choice.planned.explained.option
        if option.amount is not None and option.amount.unit != "eur":
            names = ACCESS_UNITS[option.amount.unit]
            number, unit = measure_text(option.amount.range, ""), text(*names)
            yield f"{self.say(number)} {self.say(unit)}"
        cost = option.cost.euros()
        if cost is not None:
            yield self.words["cost"].format(amount=self.say(measure_text(cost, "EUR")))
        if option.amount is not None and option.amount.rests_on is not None:
            basis = self.say(option.amount.rests_on.sentence)
            yield self.words["rests_on"].format(basis=basis)

    def conditions(self, step: Step) -> list[str]:
        """Return the first points to confirm."""
        return [
            self.say(condition) for condition in step.choice.reasons.conditions[:_MOST_CONDITIONS]
        ]

    def deadlines(self) -> list[tuple[str, str, str]]:
        """Return the dates ahead in order: when, what happens, for which step."""
        rows = sorted(self._deadlines(), key=lambda row: row[0])
        return [(when, what, title) for _, when, what, title in rows]

    def _deadlines(self) -> Iterator[tuple[datetime, str, str, str]]:
        for step in self.journey.steps:
            title, timing = self.say(step.choice.offer.title), step.timing
            if timing.opens is not None:
                when = self.moment(timing.opens)
                yield timing.opens.start(), when, self.words["opens"], title
            moments = [timing.apply_by] if timing.apply_by else []
            for moment in (*moments, *timing.later):
                yield moment.end(), self.moment(moment), self.words["closes"], title

    def steps_named(self, keys: Iterable[str]) -> str:
        """Return the titles of steps."""
        titles = {step.key: self.say(step.choice.offer.title) for step in self.journey.steps}
        return ", ".join(titles[key] for key in keys if key in titles)


def page_of(journey: Journey, question: JourneyRequest, *, french: bool) -> str:
    """Return the page; everything that comes from outside is escaped."""
    page = _Page(journey, question, french=french)
    template = _PAGES.get_template("journey.html")
    # The style is the package's own file, checked by its digest in the policy.
    return template.render(page=page, words=page.words, style=Markup(_STYLE))  # noqa: S704


def _component(part: FundingComponent) -> Text:
    """Return an instrument with its ceiling and rate; what is unknown is not said."""
    french, english = ([capital(word)] for word in INSTRUMENTS[part.instrument])
    if part.maximum is not None:
        amount = _money(float(part.maximum.amount), part.maximum.currency)
        french.append(f"jusqu'à {amount.fr}")
        english.append(f"up to {amount.en}")
    if part.rate is not None:
        share = round(float(part.rate) * 100)
        french.append(f"{share}\u00a0% au plus")
        english.append(f"{share}% at most")
    return text(", ".join(french), ", ".join(english))


def _money(amount: float, currency: str) -> Text:
    found = euros(amount)
    if currency == "EUR":
        return found
    return text(found.fr.replace("€", currency), found.en.replace("EUR", currency))
