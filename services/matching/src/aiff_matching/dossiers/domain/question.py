"""One question of a programme's form, and which values answer it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Gt, MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer import Text
from aiff_matching.dossiers.domain.known import FIELDS

AnswerType = Literal["text", "email", "date", "integer", "number", "boolean", "choice", "list"]
Requirement = Literal["mandatory", "optional", "unknown"]
Unit = Literal["EUR", "gpu_hour", "normalised_gpu_hour", "month", "GB", "TB"]
Key = Annotated[str, MinLen(2), MaxLen(60)]
# What a question is answered with; a date is written as in ISO 8601.
Value = bool | int | float | str | tuple[str, ...]
_TEXTS = frozenset({"text", "email", "date"})
_NUMBERS = frozenset({"integer", "number"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(Strict):
    """The bounds of an answer as the source states them; a number lies strictly over `above`."""

    min_characters: Annotated[int, Ge(1)] | None = None
    max_characters: Annotated[int, Ge(1)] | None = None
    max_words: Annotated[int, Ge(1)] | None = None
    minimum: int | float | None = None
    above: int | float | None = None
    maximum: int | float | None = None
    one_of: Annotated[tuple[Annotated[int, Gt(0)], ...], MaxLen(40)] = ()

    def admits_text(self, text: str) -> bool:
        """Tell whether a text has the length that is asked."""
        return (
            (self.min_characters is None or len(text) >= self.min_characters)
            and (self.max_characters is None or len(text) <= self.max_characters)
            and (self.max_words is None or len(text.split()) <= self.max_words)
        )

    def admits_number(self, number: float) -> bool:
        """Tell whether a number lies within what is asked."""
        return (
            (self.minimum is None or number >= self.minimum)
            and (self.above is None or number > self.above)
            and (self.maximum is None or number <= self.maximum)
            and (not self.one_of or number in self.one_of)
        )

    @property
    def of_texts(self) -> bool:
        """Tell whether a length is limited."""
        return any((self.min_characters, self.max_characters, self.max_words))

    @property
    def of_numbers(self) -> bool:
        """Tell whether a number is limited."""
        bounds = (self.minimum, self.above, self.maximum)
        return bool(self.one_of) or any(bound is not None for bound in bounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedChoice(Strict):
    """One entry of a list to choose from."""

    id: Key
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Strict):
    """Which answer follows from codes of the profile; a code that no reading names gives none."""

    codes: Annotated[tuple[str, ...], MinLen(1), MaxLen(40)]
    answer: bool | str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeQuestion(Strict):
    """A question in our own words, with the limits that its source states.

    `known_from` is the field of the profile or need whose value is the answer; `readings` say how
    its codes are read. Without it only the applicant can answer.
    """

    id: Key
    section: Text
    title: Text
    description: Text | None = None
    answer: AnswerType
    required: Requirement = "unknown"
    unit: Unit | None = None
    limits: Limits = Limits()
    choices: Annotated[tuple[ListedChoice, ...], MaxLen(60)] = ()
    known_from: str | None = None
    readings: Annotated[tuple[Reading, ...], MaxLen(40)] = ()
    source: Key

    def __post_init__(self) -> None:
        """Refuse limits, choices and readings that do not go with the kind of answer."""
        if not self.id.isidentifier():
            message = f"{self.id!r} is no name: use letters, digits and underscores"
            raise ValueError(message)
        if self.limits.of_texts and self.answer not in _TEXTS:
            message = f"a length limits texts, and the answer is a {self.answer}"
            raise ValueError(message)
        if (self.limits.of_numbers or self.unit) and self.answer not in _NUMBERS:
            message = f"a bound or unit is for numbers, and the answer is a {self.answer}"
            raise ValueError(message)
        if bool(self.choices) != (self.answer == "choice"):
            message = "a list of choices and an answer of type choice go together"
            raise ValueError(message)
        _check_known(self)

    def admits(self, value: Value) -> bool:
        """Tell whether a value answers the question within its limits."""
        match self.answer:
            case "boolean":
                return isinstance(value, bool)
            case "integer" | "number":
                return self._admits_number(value)
            case "list":
                return isinstance(value, tuple)
        return isinstance(value, str) and self._admits_text(value)

    def _admits_text(self, text: str) -> bool:
        match self.answer:
            case "choice":
                return text in {choice.id for choice in self.choices}
            case "date":
                return _is_day(text)
            case "email":
                return "@" in text and self.limits.admits_text(text)
        return bool(text.strip()) and self.limits.admits_text(text)

    def _admits_number(self, value: Value) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        whole = self.answer == "number" or value == int(value)
        return whole and self.limits.admits_number(value)


def _check_known(question: ProgrammeQuestion) -> None:
    if question.known_from is not None and question.known_from not in FIELDS:
        known = ", ".join(FIELDS)
        message = f"{question.known_from!r} is no field that can be read; known: {known}"
        raise ValueError(message)
    if question.readings and question.known_from is None:
        message = "readings read a field; name it in known_from"
        raise ValueError(message)
    wrong = [one.answer for one in question.readings if not question.admits(one.answer)]
    if wrong:
        message = f"readings with an answer that the question does not admit: {wrong}"
        raise ValueError(message)
    codes = [code for one in question.readings for code in one.codes]
    if len(codes) != len(set(codes)):
        message = "a code has two readings; leave one"
        raise ValueError(message)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
