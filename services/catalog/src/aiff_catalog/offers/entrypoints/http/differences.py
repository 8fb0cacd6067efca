"""Differences between texts as people read them: a label for the field, words for the values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import orjson

from aiff_catalog.offers.domain.field_labels import label_of
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.offers.domain.revision import Change, diff
from aiff_catalog.offers.entrypoints.http.answers import writer_view
from aiff_contracts.codec import dump
from aiff_contracts.days import day_en, day_fr
from aiff_contracts.labels import YES_NO
from aiff_contracts.offer import OfferContent

_LANGUAGES = ("fr", "en")
_LONGEST = 400
_ABSENT = {"fr": "non renseigné", "en": "not stated"}


def differences(before: OfferContent, after: OfferContent) -> list[dict[str, Any]]:
    """Return the fields in which two texts differ, in the order of the document."""
    return [_field(change) for change in diff(dump(before), dump(after))]


def difference_view(names: tuple[str, str], before: OfferContent, after: OfferContent) -> bytes:
    """Return the JSON of a comparison of two named texts."""
    view = {"before": names[0], "after": names[1], "fields": differences(before, after)}
    return orjson.dumps(view)


def review_of(offer: Offer, reviewed: OfferContent | None) -> bytes:
    """Return the JSON of a text under review; `reviewed` is the text of the last review."""
    text = offer.waiting.content
    changes = [] if offer.content is None else differences(offer.content, text)
    since = None if reviewed is None else differences(reviewed, text)
    rest = orjson.dumps({"changes": changes, "since_last_review": since})
    return b'{"offer":%b,%b' % (writer_view(offer), rest[1:])


def named(pointer: str) -> dict[str, Any]:
    """Return a field by its pointer, with what it is called in each language."""
    label = {language: label_of(pointer, language) for language in _LANGUAGES}
    return {"pointer": pointer, "label": label}


def spoken(value: Any, language: str) -> str:
    """Return a JSON-like value as a person reads it."""
    match value:
        case None:
            return _ABSENT[language]
        case bool():
            return _in(language, YES_NO[value])
        case str():
            return _date(value, language) or value[:_LONGEST]
        case list():
            return "; ".join(spoken(one, language) for one in value)[:_LONGEST] or "-"
        case dict():
            return _members(value, language)
        case _:
            return str(value)


def _field(change: Change) -> dict[str, Any]:
    return {
        **named(change.pointer),
        "before": {language: spoken(change.before, language) for language in _LANGUAGES},
        "after": {language: spoken(change.after, language) for language in _LANGUAGES},
        "raw_before": change.before,
        "raw_after": change.after,
    }


def _members(value: dict[str, Any], language: str) -> str:
    """Return a bilingual text in the reader's language, any other object name by name."""
    if set(value) == set(_LANGUAGES):
        return spoken(value[language], language)
    said: Sequence[str] = [
        f"{label_of(f'/{name}', language)}: {spoken(inner, language)}"
        for name, inner in value.items()
        if inner not in (None, [], {})
    ]
    return ", ".join(said)[:_LONGEST] or "-"


def _date(text: str, language: str) -> str | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return _in(language, (day_fr(day), day_en(day)))


def _in(language: str, words: tuple[str, str]) -> str:
    return words[_LANGUAGES.index(language)]
