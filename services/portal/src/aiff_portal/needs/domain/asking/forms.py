"""The fields of a screen as it shows them: words chosen, answers put back, faults said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.labels import capital
from aiff_contracts.territory.finding import folded
from aiff_portal.needs.domain.asking.fields import FIELDS, Field, fields_for
from aiff_portal.needs.domain.asking.state import State
from aiff_portal.needs.domain.saying import say
from aiff_portal.ui.domain.formats import Formats

_MODES = {"number": "decimal"}


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field on a page; `chosen` has the answer as it was written, `fault` what to write."""

    name: str
    shape: str
    label: str
    hint: str | None
    fault: str | None
    chosen: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    type: str = "text"
    mode: str | None = None

    @property
    def value(self) -> str:
        """Return the answer of a field that has one."""
        return self.chosen[0] if self.chosen else ""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer as the list of them shows it."""

    name: str
    label: str
    value: str


def field_views(
    names: Iterable[str], state: State, formats: Formats, faulty: Sequence[str] = ()
) -> tuple[FieldView, ...]:
    """Return fields as a page shows them; only the faulty ones say what to write."""
    return tuple(_view(FIELDS[name], state, formats, name in faulty) for name in names)


def asked_views(attribute: str, state: State, formats: Formats) -> tuple[FieldView, ...]:
    """Return the fields for what the engine asks, in its own words where one field answers it."""
    views = field_views(fields_for(attribute), state, formats)
    known = ATTRIBUTES.get(attribute)
    if known is None or len(views) != 1:
        return views
    return (replace(views[0], label=say((known.question_fr, known.question_en), formats)),)


def answer_lines(state: State, formats: Formats) -> tuple[AnswerLine, ...]:
    """Return what was answered, in words."""
    return tuple(
        AnswerLine(name, say(FIELDS[name].words.label, formats), _written(name, state, formats))
        for name in state.values
    )


_LONGEST_SHOWN = 80


def _written(name: str, state: State, formats: Formats) -> str:
    field, texts, value = FIELDS[name], state.answers[name], state.values[name]
    if field.options:
        return capital(", ".join(say(field.options[text], formats) for text in texts))
    if field.shape == "day":
        return formats.day(value) or ""
    if field.shape == "number":
        return formats.number(value) or ""
    shown = " ".join(texts[0].split())
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"


def _by_name(option: tuple[str, str]) -> tuple[bool, str]:
    """Return the order of names; France comes first, where most readers are."""
    code, name = option
    return code != "FR", folded(name)


def _view(field: Field, state: State, formats: Formats, faulty: bool) -> FieldView:  # noqa: FBT001
    words = field.words
    options = [(code, capital(say(pair, formats))) for code, pair in field.options.items()]
    if field.named:
        options.sort(key=_by_name)
    return FieldView(
        field.name,
        field.shape,
        say(words.label, formats),
        say(words.hint, formats) or None,
        say(field.help, formats) if faulty else None,
        state.answers.get(field.name, ()),
        tuple(options),
        "date" if field.shape == "day" and not faulty else "text",
        _MODES.get(field.shape),
    )
