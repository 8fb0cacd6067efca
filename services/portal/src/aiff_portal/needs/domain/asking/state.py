"""All that a reader has answered, as the fields of a form carry it from page to page.

Nothing of it stands in an address or on the server. It is read anew on each page: an older form,
or one that somebody changed, has faults at fields, never an effect.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from aiff_portal.needs.domain.asking.fields import FIELDS, Field
from aiff_portal.needs.domain.asking.reading import UnreadableError, number

# What a reader may weigh, in the order in which it is shown; the API knows more criteria.
WEIGHED = (
    *("text", "verdict", "fit", "cost", "delay"),
    *("territory", "sector", "stage", "support", "ratings"),
)
HEAVIEST = 20
REASONS = ("expensive", "late", "off_topic", "held", "other")
VERDICTS = ("eligible", "to_confirm", "unknown", "closed", "not_eligible")
_WEIGHT = "weight_"
_PUT_ASIDE = re.compile(r"([a-z0-9][a-z0-9-]{0,79}):([a-z_]{1,20})")
_COUNTS = re.compile(r"\d{1,5}(?:\.\d{1,5}){4}")
_MOST_ASIDE = 60
# Between the parts of a list: codes and names of offers have none.
_BETWEEN = ","
_EVERY_KIND = list(FIELDS["kinds"].options)
_weight = number(0, HEAVIEST)

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class State:
    """Answers by field as they were written, and what the reader did with the result.

    `aside` has offers that are not for the reader, with the reason. `asked` is the attribute
    that the engine asked last; `before` has the counts of verdicts from before that answer.
    """

    answers: Mapping[str, tuple[str, ...]]
    weights: Mapping[str, str]
    aside: Mapping[str, str]
    asked: str = ""
    before: str = ""

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """Return what could be read, by field."""
        return {name: value for name, value in self._read.items() if name not in self.faults}

    @cached_property
    def faults(self) -> Mapping[str, Field]:
        """Return the fields whose answer cannot be read, or stands against another one."""
        unread = {name: FIELDS[name] for name, value in self._read.items() if value is None}
        return unread | {name: FIELDS[name] for name in _contradicting(self._read)}

    @cached_property
    def _read(self) -> Mapping[str, Any]:
        return {name: _value(FIELDS[name], texts) for name, texts in self.answers.items()}

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of offer that are looked for; none where nothing was chosen."""
        return tuple(self.values.get("kinds", ()))

    def without(self, names: Iterable[str]) -> "State":
        """Return it with these fields unanswered."""
        dropped = set(names)
        return replace(
            self, answers={name: one for name, one in self.answers.items() if name not in dropped}
        )

    def pairs(self, shown: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
        """Yield what a form carries along unseen, without the fields that it shows."""
        seen = set(shown)
        for name, texts in self.answers.items():
            if name not in seen:
                yield name, _BETWEEN.join(texts)
        yield from ((f"{_WEIGHT}{name}", one) for name, one in self.weights.items())
        if self.aside:
            aside = (f"{slug}:{reason}" for slug, reason in self.aside.items())
            yield "aside", _BETWEEN.join(aside)

    def question(self) -> dict[str, Any]:
        """Return who asks and for what as the API takes it; what was skipped is not in it."""
        made: dict[str, Any] = {"profile": {}, "need": {}}
        for name, value in self.values.items():
            *path, last = FIELDS[name].pointer.split("/")
            place = made
            for part in path:
                place = place.setdefault(part, {})
            place[last] = [*place[last], *value] if last in place else value
        if not made["need"].get("kinds"):
            # One part that is described would narrow the answer to its kind.
            described = made["need"].keys() & {"compute", "funding"}
            made["need"] |= {"kinds": _EVERY_KIND} if described else {}
        return made

    def weighed(self) -> dict[str, Any]:
        """Return the question with the reader's weights."""
        weights = {name: _weight([one]) for name, one in self.weights.items()}
        return {**self.question(), **({"weights": weights} if weights else {})}


def state_of(pairs: Pairs) -> State:
    """Return what a form sent; names that no page knows are left out."""
    answers: dict[str, tuple[str, ...]] = {}
    weights: dict[str, str] = {}
    aside: dict[str, str] = {}
    rest: dict[str, str] = {}
    for name, written in pairs:
        text = written.replace("\r\n", "\n").strip()
        if name in FIELDS:
            answers[name] = (*answers.get(name, ()), *_texts(FIELDS[name], text))
        elif name.removeprefix(_WEIGHT) in WEIGHED:
            weights |= _weighing(name.removeprefix(_WEIGHT), text)
        elif name == "aside":
            aside |= _put_aside(text)
        else:
            rest[name] = text
    aside.pop(rest.get("back_in", ""), None)
    answers.pop(rest.get("drop", ""), None)
    return State(
        {name: _once(FIELDS[name], texts) for name, texts in answers.items() if texts},
        weights,
        dict(list(aside.items())[:_MOST_ASIDE]),
        rest.get("asked", ""),
        rest["before"] if _COUNTS.fullmatch(rest.get("before", "")) else "",
    )


def _texts(field: Field, text: str) -> tuple[str, ...]:
    """Return the answers in one text: of what is ticked it may hold several, as they are carried.

    A form carries a list as one hidden field, because two of one name are told as a mistake.
    """
    parts = text.split(_BETWEEN) if field.shape == "checks" else (text,)
    return tuple(filter(None, (part.strip() for part in parts)))


def _put_aside(text: str) -> dict[str, str]:
    """Return the offers that a text puts aside, with a reason that a page offers."""
    found = filter(None, map(_PUT_ASIDE.fullmatch, text.split(_BETWEEN)))
    return {one[1]: one[2] for one in found if one[2] in REASONS}


def _weighing(name: str, text: str) -> dict[str, str]:
    """Return a weight; one that no slider could send is as if it was not moved."""
    try:
        return {name: f"{_weight([text]):g}"}
    except UnreadableError:
        return {}


def _once(field: Field, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the answers of a field; the last one counts where only one can be given."""
    return tuple(dict.fromkeys(texts)) if field.shape == "checks" else texts[-1:]


def _value(field: Field, texts: tuple[str, ...]) -> Any:
    try:
        return field.read(texts)
    except UnreadableError:
        return None


def _contradicting(read: Mapping[str, Any]) -> Iterator[str]:
    """Yield answers that the API refuses beside others, at the one to be looked at again."""
    country, unregistered = read.get("country"), read.get("has_legal_entity") is False
    if country not in {None, "FR"}:
        yield from (name for name in ("site", "siren") if read.get(name))
    if unregistered:
        yield from (name for name in ("created_on", "siren") if read.get(name))
