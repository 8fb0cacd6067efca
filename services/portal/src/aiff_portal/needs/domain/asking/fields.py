"""Every answer that the pages ask for: its words, how it is read, and its place in a question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from aiff_contracts import labels
from aiff_contracts.attributes import ATTRIBUTES, Attribute
from aiff_contracts.nomenclatures.naf import LONGEST_NAF
from aiff_contracts.sectors import SECTORS
from aiff_contracts.territory import GROUPS, TERRITORIES
from aiff_portal.needs.domain.asking import reading
from aiff_portal.needs.domain.asking.field_words import (
    ASKED_WORDS,
    DATA_CLASSES,
    FIELD_WORDS,
    HELP,
    SOVEREIGNTY,
    TASKS,
    YES_OR_NO,
    FieldWords,
)
from aiff_portal.ui.domain.language import Pair

Shape = Literal["text", "number", "day", "area", "radios", "checks", "select"]
_MOST = 1e15
# Several fields say one list of identifiers.
_IDENTIFIERS = "profile/identifiers"
_SCHEMES = ("siren", "pic")
_NOTHING: labels.Labels = {}


@dataclass(frozen=True, slots=True)
class Field:
    """One answer. `pointer` is its place in a question to the API; `help` says what to write.

    `named` options are found by their names, so a page lists them in the order of its language.
    """

    name: str
    pointer: str
    shape: Shape
    read: reading.Read
    words: FieldWords
    help: Pair
    options: Mapping[str, Pair]
    named: bool = False


def _field(
    name: str,
    pointer: str,
    shape: Shape,
    read: reading.Read,
    options: Mapping[str, Pair] = _NOTHING,
) -> Field:
    help_ = HELP.get(name, HELP[shape])
    return Field(name, pointer, shape, read, FIELD_WORDS[name], help_, options)


def _choice(name: str, pointer: str, options: Mapping[str, Pair], shape: Shape = "radios") -> Field:
    return _field(name, pointer, shape, reading.one_of(options.keys()), options)


def _places(within: str) -> Mapping[str, Pair]:
    """Return the territories right below another, by their names."""
    found = (place for place in TERRITORIES.values() if place.parent == within)
    return {place.code: (place.label_fr, place.label_en) for place in found}


COUNTRIES: Mapping[str, Pair] = {
    code: words
    for group in reversed(GROUPS)
    for code, words in _places(group).items()
    if code not in GROUPS
}
REGIONS = _places("FR")
_SECTORS = {code: words for code, words in SECTORS.items() if code != "any"}
_STAGES = {code: words for code, words in labels.STAGES.items() if code != "any"}


def _guided() -> Iterator[Field]:
    number, text = reading.number, reading.text
    yield _field("description", "need/description", "area", text(5000))
    yield _field("kinds", "need/kinds", "checks", reading.some_of(labels.KINDS), labels.KINDS)
    yield _choice("organisation_type", "profile/organisation_type", labels.ORGANISATION_TYPES)
    yield replace(_choice("country", "profile/country", COUNTRIES, "select"), named=True)
    read_site = reading.within(reading.one_of(REGIONS))
    yield replace(_field("site", "profile/sites", "select", read_site, REGIONS), named=True)
    yield _field("created_on", "profile/created_on", "day", reading.day)
    yield _field("headcount", "profile/headcount", "number", number(0, _MOST))
    yield _field("title", "need/title", "text", text(200))
    yield _field("sectors", "profile/sectors", "checks", reading.some_of(_SECTORS), _SECTORS)
    yield _choice("stage", "profile/stage", _STAGES, "select")
    yield _field("gpu_hours", "need/compute/gpu_hours", "number", reading.amount(_MOST))
    yield _field("gpu_model", "need/compute/gpu_model", "text", text(60))
    yield _field("start", "need/compute/start", "day", reading.day)
    yield _choice("data_class", "need/compute/data_class", DATA_CLASSES)
    yield _field("amount_eur", "need/funding/amount_eur", "number", reading.amount(_MOST))
    yield _field("needed_by", "need/funding/needed_by", "day", reading.day)


def _planned() -> Iterator[Field]:
    number = reading.number
    yield _choice("task", "need/compute/task", TASKS, "select")
    yield _field("parameters_b", "need/compute/parameters_b", "number", number(0, 100_000))
    yield _field("tokens_b", "need/compute/tokens_b", "number", number(0, 1_000_000))
    gpus = number(1, 200_000, whole=True)
    yield _field("gpus_min", "need/compute/gpus_min", "number", gpus)
    whole_months = number(1, 120, whole=True)
    yield _field("duration_months", "need/compute/duration_months", "number", whole_months)
    yield _field("budget_eur", "need/compute/budget_eur", "number", reading.amount(_MOST))
    yield _choice("sovereignty", "need/compute/sovereignty", SOVEREIGNTY, "select")
    yield _field("name", "profile/name", "text", reading.text(160))
    for scheme in _SCHEMES:
        yield _field(scheme, _IDENTIFIERS, "text", reading.identifier(scheme))


# Attributes of a need; all others belong to who asks.
_OF_NEED = {
    "eu_project": "need",
    "consortium_size": "need",
    "consortium_countries": "need",
    "purpose": "need/compute",
    "permitted_use": "need/compute",
    "project_cost_eur": "need/funding",
    "round_eur": "need/funding",
    "round_committed_ratio": "need/funding",
}
_LONGEST = {"legal_form": 40, "naf": LONGEST_NAF}


def _asked(attribute: Attribute) -> Field:
    """Return the field for an attribute that only the engine asks for."""
    name = attribute.name
    shape, read, options = _read_as(attribute)
    words = FieldWords(
        (attribute.question_fr, attribute.question_en), ASKED_WORDS.get(name, ("", ""))
    )
    pointer = f"{_OF_NEED.get(name, 'profile')}/{name}"
    return Field(name, pointer, shape, read, words, HELP.get(name, HELP[shape]), options)


def _read_as(attribute: Attribute) -> tuple[Shape, reading.Read, Mapping[str, Pair]]:
    if attribute.name == "prior_aid":
        return "area", reading.aids, _NOTHING
    if attribute.type == "flag":
        return "radios", reading.flag, YES_OR_NO
    if attribute.type == "number":
        return _number_of(attribute)
    if attribute.choices:
        words = {code: labels.label_of(attribute.name, code) for code in attribute.choices}
        return "radios", reading.one_of(words.keys()), words
    return "text", reading.text(_LONGEST[attribute.name]), _NOTHING


def _number_of(attribute: Attribute) -> tuple[Shape, reading.Read, Mapping[str, Pair]]:
    if attribute.unit == "share":
        return "text", reading.share, _NOTHING
    if attribute.unit == "EUR":
        return "number", reading.amount(_MOST), _NOTHING
    least, most = (1, 9) if attribute.name == "trl" else (0, _MOST)
    return "number", reading.number(least, most), _NOTHING


def _all() -> Iterator[Field]:
    own = [*_guided(), *_planned()]
    yield from own
    held = {field.name for field in own} | {"sites"}
    for name, attribute in ATTRIBUTES.items():
        if name not in held and not attribute.derived:
            yield _asked(attribute)
    independent = {"none": ASKED_WORDS["independent"]}
    read = reading.some_of(independent.keys())
    yield _field("enterprises", "profile/enterprises", "checks", _no_enterprise(read), independent)


def _no_enterprise(read: reading.Read) -> reading.Read:
    """Return a reader of the statement that a company stands alone."""

    def stated(texts: reading.Texts) -> list[str]:
        read(texts)
        return []

    return stated


FIELDS: Mapping[str, Field] = {field.name: field for field in _all()}
# An attribute that the engine asks for, and the fields that answer it, where they differ.
_ANSWERED_BY = {"sites": ("site",), "gpu_hours": ("gpu_hours", "gpu_model")}


def fields_for(attribute: str) -> tuple[str, ...]:
    """Return the fields that answer what the engine asks; none where no page can ask it."""
    names = _ANSWERED_BY.get(attribute, (attribute,))
    return tuple(name for name in names if name in FIELDS)


def field_stated(path: str) -> str | None:
    """Return the field that states what a dotted path names, as dossiers name it."""
    pointer = path.replace(".", "/")
    if pointer.startswith(f"{_IDENTIFIERS}/"):
        scheme = pointer.removeprefix(f"{_IDENTIFIERS}/")
        return scheme if scheme in _SCHEMES else None
    return next((one.name for one in FIELDS.values() if one.pointer == pointer), None)


def field_at(pointer: str) -> str | None:
    """Return the field that stands at a place of a question, or holds it."""
    place = pointer.lstrip("/")
    found = (
        field.name
        for field in FIELDS.values()
        if place == field.pointer or place.startswith(f"{field.pointer}/")
    )
    return next(found, None)
