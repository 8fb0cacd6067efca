"""The words that forms and filters offer, in French and in English."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast, get_args

from aiff_catalog.vocabularies.domain.vocabulary import (
    OPEN,
    WORD_LISTS,
    Entries,
    KeptVocabulary,
    WordList,
)
from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.labels import (
    AUDIENCES,
    BILLING_PERIODS,
    CERTIFICATIONS,
    DILUTIONS,
    INSTRUMENTS,
    INTAKE_STATUSES,
    KINDS,
    PRICE_BASES,
    ROLES,
    STAGES,
    Labels,
    label_of,
)
from aiff_contracts.offer import Audience, IntakeStatus, Kind, Stage, Text
from aiff_contracts.offer.common import Role
from aiff_contracts.offer.compute import Scheme
from aiff_contracts.offer.funding import Dilution, Instrument
from aiff_contracts.offer.pricing import BillingPeriod, PriceBasis
from aiff_contracts.packaged import packaged_entries
from aiff_contracts.sectors import SECTORS
from aiff_contracts.territory import TERRITORIES
from aiff_contracts.vocabulary import VocabularyEntry

# Each vocabulary beside the type whose values it must name.
LABELLED: tuple[tuple[str, Labels, Any], ...] = (
    ("kinds", KINDS, Kind),
    ("audiences", AUDIENCES, Audience),
    ("stages", STAGES, Stage),
    ("certifications", CERTIFICATIONS, Scheme),
    ("intake_statuses", INTAKE_STATUSES, IntakeStatus),
    ("instruments", INSTRUMENTS, Instrument),
    ("dilutions", DILUTIONS, Dilution),
    ("price_bases", PRICE_BASES, PriceBasis),
    ("billing_periods", BILLING_PERIODS, BillingPeriod),
    ("roles", ROLES, Role),
)


_SOURCES: dict[WordList, str] = {
    "sectors": "AI Factory France",
    "territories": "INSEE, code officiel géographique ; Eurostat, NUTS 2024",
}


def first_entries(name: KeptVocabulary) -> Entries:
    """Return the first edition of a vocabulary that curators keep."""
    for known in OPEN:
        if known == name:
            return packaged_entries(known)
    return first_words(cast("WordList", name))


@cache
def first_words(name: WordList) -> Entries:
    """Return the first edition of a list of words, as it comes with the software."""
    if name == "territories":
        return tuple(
            _entry(name, one.code, (one.label_fr, one.label_en), one.aliases)
            for one in TERRITORIES.values()
        )
    labels = SECTORS if name == "sectors" else _TABLES[name]
    return tuple(_entry(name, code, words) for code, words in labels.items())


def completed(name: KeptVocabulary, entries: Entries) -> Entries:
    """Return entries with those of the codes that a later release of the software brought.

    The curators' words stay as they are; a vocabulary that is theirs alone is not touched.
    """
    if name in OPEN:
        return entries
    known = {entry.code for entry in entries}
    return (*entries, *(one for one in first_entries(name) if one.code not in known))


_TABLES: dict[str, Labels] = {name: labels for name, labels, _ in LABELLED}


def _entry(
    name: WordList, code: str, words: tuple[str, str], aliases: tuple[str, ...] = ()
) -> VocabularyEntry:
    label = Text(fr=words[0], en=words[1])
    source = _SOURCES.get(name, "AI Factory France, plateforme")
    return VocabularyEntry(code=code, label=label, source=source, aliases=aliases)


def vocabularies(words: Mapping[WordList, Entries] | None = None) -> dict[str, Any]:
    """Return all vocabularies in JSON form: codes with their words, in a stable order.

    `words` are the editions that hold of lists which curators changed.
    """
    lists: dict[str, Any] = {
        name: [_labelled(code, labels[code]) for code in get_args(values)]
        for name, labels, values in LABELLED
    }
    for name in WORD_LISTS:
        entries = (words or {}).get(name) or first_words(name)
        lists[name] = [_worded(entry) for entry in entries]
    for place in lists["territories"]:
        place["parent"] = TERRITORIES[place["code"]].parent
    lists["attributes"] = [
        {
            "name": one.name,
            "type": one.type,
            "label": {"fr": one.label_fr, "en": one.label_en},
            "question": {"fr": one.question_fr, "en": one.question_en},
            "unit": one.unit or None,
            "choices": [_labelled(code, label_of(one.name, code)) for code in one.choices],
            "derived": one.derived,
        }
        for one in ATTRIBUTES.values()
    ]
    return lists


def _worded(entry: VocabularyEntry) -> dict[str, Any]:
    return _labelled(entry.code, (entry.label.fr, entry.label.en)) | {"aliases": entry.aliases}


def _labelled(code: str, words: tuple[str, str]) -> dict[str, Any]:
    return {"code": code, "label": {"fr": words[0], "en": words[1]}}
