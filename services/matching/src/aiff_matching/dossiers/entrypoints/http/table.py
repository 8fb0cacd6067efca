"""A dossier as a table that people open in a spreadsheet (CSV, RFC 4180, UTF-8)."""

import csv
import io
from collections.abc import Iterator

from aiff_contracts.labels import YES_NO
from aiff_kit.cells import Cell, harmless
from aiff_matching.dossiers.domain.filling import ApplicationDossier, FilledAnswer
from aiff_matching.dossiers.domain.question import ProgrammeQuestion
from aiff_matching.dossiers.domain.schema import in_language
from aiff_matching.dossiers.domain.wording import what_would_answer
from aiff_matching.shared.bilingual import text

COLUMNS = ("question", "answer", "unit", "field", "source", "checked_on", "missing")
# An empty list was stated, and an empty cell would look like silence.
_NONE = text("aucune", "none")
_DOCUMENT = text("Pièce à joindre : {purpose}", "Document to add: {purpose}")


def table_of(dossier: ApplicationDossier, *, french: bool) -> str:
    """Return a line for each question, then one for each document."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    for row in (*_questions(dossier, french=french), *_documents(dossier, french=french)):
        writer.writerow([harmless(cell) for cell in row])
    return lines.getvalue()


def _questions(dossier: ApplicationDossier, *, french: bool) -> Iterator[tuple[Cell, ...]]:
    missing = {one.question.id: what_would_answer(one) for one in dossier.missing}
    for question in dossier.programme.questions:
        source = dossier.programme.source(question.source)
        filled, why = dossier.filled.get(question.id), missing.get(question.id)
        yield (
            in_language(question.title, french=french),
            _answer(question, filled, french=french) if filled else None,
            question.unit,
            filled.field if filled else None,
            source.url,
            source.checked_on.isoformat(),
            in_language(why, french=french) if why else None,
        )


def _documents(dossier: ApplicationDossier, *, french: bool) -> Iterator[tuple[Cell, ...]]:
    for document in dossier.programme.documents:
        source = dossier.programme.source(document.source)
        purpose = in_language(document.purpose, french=french)
        yield (
            in_language(document.name, french=french),
            *(None, None, None),
            source.url,
            source.checked_on.isoformat(),
            in_language(_DOCUMENT, french=french).format(purpose=purpose),
        )


def _answer(question: ProgrammeQuestion, filled: FilledAnswer, *, french: bool) -> Cell:
    value = filled.value
    if isinstance(value, bool):
        return in_language(text(*YES_NO[value]), french=french)
    if isinstance(value, tuple):
        return "; ".join(value) or in_language(_NONE, french=french)
    titles = {choice.id: in_language(choice.title, french=french) for choice in question.choices}
    return titles.get(value, value) if isinstance(value, str) else value
