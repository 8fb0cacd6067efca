"""A programme's questions as a JSON Schema (draft 2020-12).

Titles and descriptions stand in one language where tools look for them, and in both in `x-texts`.
A schema has no words and no units: they are the annotations `x-max-words` and `x-unit`.
"""

from collections.abc import Mapping
from typing import Any

from aiff_contracts.offer import Text
from aiff_matching.dossiers.domain.programme import Programme
from aiff_matching.dossiers.domain.question import AnswerType, Limits, ProgrammeQuestion

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: Mapping[AnswerType, Mapping[str, Any]] = {
    "text": {"type": "string", "pattern": r"\S"},
    "email": {"type": "string", "format": "email"},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "choice": {"type": "string"},
    "list": {"type": "array", "items": {"type": "string"}},
}


def programme_schema(programme: Programme, *, french: bool) -> dict[str, Any]:
    """Return the schema of all answers; required is what the source calls mandatory."""
    mandatory = [one.id for one in programme.questions if one.required == "mandatory"]
    return {
        "$schema": DRAFT,
        "type": "object",
        "title": in_language(programme.name, french=french),
        "properties": {one.id: question_schema(one, french=french) for one in programme.questions},
        "required": mandatory,
        "additionalProperties": False,
    }


def question_schema(question: ProgrammeQuestion, *, french: bool) -> dict[str, Any]:
    """Return the schema of one answer."""
    schema = {
        "title": in_language(question.title, french=french),
        **_TYPES[question.answer],
        **_bounds(question.limits),
        "x-texts": _texts(question),
    }
    if question.description:
        schema["description"] = in_language(question.description, french=french)
    if question.choices:
        schema["oneOf"] = [
            {"const": choice.id, "title": in_language(choice.title, french=french)}
            for choice in question.choices
        ]
    if question.unit:
        schema["x-unit"] = question.unit
    return schema


def in_language(text: Text, *, french: bool) -> str:
    """Return one language of a text."""
    return text.fr if french else text.en


def _bounds(limits: Limits) -> dict[str, Any]:
    stated = {
        "minLength": limits.min_characters,
        "maxLength": limits.max_characters,
        "x-max-words": limits.max_words,
        "minimum": limits.minimum,
        "exclusiveMinimum": limits.above,
        "maximum": limits.maximum,
        "enum": list(limits.one_of) or None,
    }
    return {keyword: bound for keyword, bound in stated.items() if bound is not None}


def _texts(question: ProgrammeQuestion) -> dict[str, dict[str, str]]:
    return {
        language: {"title": getattr(question.title, language)}
        | ({"description": getattr(question.description, language)} if question.description else {})
        for language in ("fr", "en")
    }
