"""A programme's questions as a page shows them: answered, or what is missing and who knows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from aiff_contracts import labels
from aiff_portal.needs.domain.answered.dossier_words import DOSSIER, MISSING, UNITS
from aiff_portal.needs.domain.asking.fields import FIELDS, field_stated
from aiff_portal.needs.domain.saying import say
from aiff_portal.ui.domain.formats import Formats

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FormSource:
    """Where something was read, how sure it is, and when it was read last."""

    label: str
    address: str
    confidence: str
    checked: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question; `answer` None is not known, and `missing` says why."""

    title: str
    description: str | None
    required: str | None
    answer: str | None
    origin: str | None
    missing: str | None
    source: FormSource


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document to add."""

    name: str
    purpose: str
    required: str
    source: FormSource


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme that has a dossier, with the next deadline of the offers that lead to it."""

    slug: str
    name: str
    when: str
    how: str
    address: str
    questions: str
    documents: str
    source: FormSource
    openings: tuple[tuple[str, str, str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Writes dossiers in one language; `home` begins the addresses of offers."""

    formats: Formats
    home: str

    def programme(self, programme: Document) -> ProgrammeLine:
        """Return a programme."""
        way, say_ = programme["apply"], self._say
        questions, documents = programme["questions"], programme["documents"]
        return ProgrammeLine(
            programme["slug"],
            self._text(programme["name"]),
            self._text(way["when"]),
            self._text(way["how"]),
            way["url"],
            say_("questions").format(count=self.formats.number(questions)),
            say_("documents_count").format(count=self.formats.number(documents)),
            self._source(way["source"]),
            tuple(map(self._opening, programme["openings"])),
        )

    def sections(self, dossier: Document) -> tuple[tuple[str, tuple[QuestionLine, ...]], ...]:
        """Return the questions by section, in the order of the form."""
        missing = {one["question"]: one for one in dossier["missing"]}
        lines = (
            (self._text(one["section"]), self._question(one, missing, dossier["schema"]))
            for one in dossier["questions"]
        )
        grouped = groupby(lines, key=lambda line: line[0])
        return tuple((name, tuple(line for _, line in group)) for name, group in grouped)

    def sources(self, dossier: Document) -> tuple[FormSource, ...]:
        """Return all that was read for the questions and documents, each once."""
        read = (one["source"] for one in (*dossier["questions"], *dossier["documents"]))
        return tuple(dict.fromkeys(map(self._source, read)))

    def documents(self, dossier: Document) -> tuple[DocumentLine, ...]:
        """Return the documents to add."""
        return tuple(
            DocumentLine(
                self._text(one["name"]),
                self._text(one["purpose"]),
                self._say(one["required"]),
                self._source(one["source"]),
            )
            for one in dossier["documents"]
        )

    def _question(
        self, question: Document, missing: Mapping[str, Document], schema: Document
    ) -> QuestionLine:
        answer, lacking = question["answer"], missing.get(question["id"])
        return QuestionLine(
            self._text(question["title"]),
            self.formats.text(question["description"]),
            None if question["required"] == "unknown" else self._say(question["required"]),
            self._answer(question, schema) if answer else None,
            self._origin(answer["field"]) if answer else None,
            say(MISSING[lacking["reason"]], self.formats) if lacking else None,
            self._source(question["source"]),
        )

    def _answer(self, question: Document, schema: Document) -> str:
        value, unit = question["answer"]["value"], question["unit"]
        if isinstance(value, bool):
            return self._say("yes" if value else "no")
        if question["answer"]["field"] == "profile.country":
            return self.formats.countries((value,)) or value
        choices = _choices(schema["properties"].get(question["id"], {}))
        if isinstance(value, list):
            return ", ".join(choices.get(one, one) for one in value) or self._say("none")
        if isinstance(value, str):
            return choices.get(value, value)
        named = say(UNITS[unit], self.formats) if unit else ""
        return f"{self.formats.number(value)} {named}".strip()

    def _origin(self, field: str) -> str:
        """Return by its words which of the reader's answers this is."""
        name = field_stated(field)
        return say(FIELDS[name].words.label, self.formats) if name else field

    def _opening(self, opening: Document) -> tuple[str, str, str | None, str | None]:
        offer, status = opening["offer"], opening["intake_status"]
        return (
            f"{self.home}offers/{offer['slug']}",
            self._text(offer["title"]),
            None if status == "unknown" else self.formats.label(labels.INTAKE_STATUSES, status),
            self.formats.moment(opening["deadline"]),
        )

    def _source(self, source: Document) -> FormSource:
        confidence = say(labels.CONFIDENCES[source["confidence"]], self.formats)
        checked = self._say("checked").format(day=self.formats.day(source["checked_on"]))
        return FormSource(self._text(source["label"]), source["url"], confidence, checked)

    def _text(self, both: Mapping[str, str]) -> str:
        return self.formats.text(both) or ""

    def _say(self, name: str) -> str:
        return say(DOSSIER[name], self.formats)


def answerable(dossier: Document) -> tuple[str, ...]:
    """Return the fields of these pages that would answer what is missing, each once."""
    return tuple(dict.fromkeys(_answerable(dossier)))


def answered(dossier: Document) -> int:
    """Return how many questions have an answer."""
    return sum(one["answer"] is not None for one in dossier["questions"])


def _answerable(dossier: Document) -> Iterator[str]:
    for one in dossier["missing"]:
        name = field_stated(one["field"]) if one["field"] else None
        if name is not None:
            yield name


def _choices(schema: Document) -> Mapping[str, str]:
    """Return the words for the codes of a question, as its JSON Schema names them."""
    listed = schema.get("oneOf") or schema.get("items", {}).get("oneOf") or ()
    return {one["const"]: one.get("title", one["const"]) for one in listed}
