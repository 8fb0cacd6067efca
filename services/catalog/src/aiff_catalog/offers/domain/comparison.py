"""Published offers side by side: the same field in one line, and whether the offers differ there.

A number stands beside numbers of its own unit only: prices by billing period, currency and tax,
quotas by unit of account, amounts by instrument. What no offer of a kind can have does not apply to
it; what it could state and does not is unknown, and unknown is neither the same nor different.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from aiff_contracts.labels import SUPPORT
from aiff_contracts.offer import Gpu

Json = Mapping[str, Any]
ValueState = Literal["known", "unknown", "not_applicable"]
SectionCode = Literal[
    "offer", "audience", "calendar", "eligibility", "price", "amounts", "access", "details",
    "sovereignty", "support",
]  # fmt: skip
SECTIONS: Mapping[SectionCode, tuple[str, str]] = {
    "offer": ("L'offre", "The offer"),
    "audience": ("Pour qui", "For whom"),
    "calendar": ("Calendrier", "Calendar"),
    "eligibility": ("Conditions", "Conditions"),
    "price": ("Prix", "Price"),
    "amounts": ("Montants", "Amounts"),
    "access": ("Accès", "Access"),
    "details": ("Caractéristiques", "Details"),
    "sovereignty": ("Souveraineté", "Sovereignty"),
    "support": ("Accompagnement", "Support"),
}
_AUDIENCE = ("audience", "sectors", "stages", "territories", "languages")
_GROUPED = ("kind", "components", "access_modes", "sovereignty")
# Empty, these state that there is none; other empty lists state nothing.
_STATED_EMPTY = frozenset(("fees", "aid_families", "required_documents"))
# Stands for all units of a group of which an offer states nothing.
_SILENT = "/*"
_CONDITIONS = ("open_to_all", "conditions")
_GPU = tuple(field.name for field in fields(Gpu))


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """What an offer has in a field; `raw` is None unless it is known."""

    state: ValueState
    raw: Any = None


@dataclass(frozen=True, slots=True)
class ComparedField:
    """A field of all offers, their values in the order in which the offers were named."""

    pointer: str
    values: tuple[ComparedValue, ...]

    @property
    def differs(self) -> bool | None:
        """Tell whether two known values differ; None where an unknown one may."""
        concerned = [one for one in self.values if one.state != "not_applicable"]
        known = [one.raw for one in concerned if one.state == "known"]
        if any(raw != known[0] for raw in known):
            return True
        return False if len(known) == len(concerned) else None


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """Fields that are about the same."""

    code: SectionCode
    fields: tuple[ComparedField, ...]


def compared(documents: Sequence[Json]) -> tuple[ComparedSection, ...]:
    """Return the sections in which the offers (documents with the status of now) have fields."""
    facts = [_facts(document) for document in documents]
    sections = (
        ComparedSection(code, tuple(_aligned([one.get(code, {}) for one in facts])))
        for code in SECTIONS
    )
    return tuple(section for section in sections if section.fields)


def _aligned(facts: Sequence[Mapping[str, Any]]) -> Iterator[ComparedField]:
    pointers = dict.fromkeys(pointer for one in facts for pointer in one)
    units = {_group(pointer) for pointer in pointers if not pointer.endswith(_SILENT)}
    for pointer in pointers:
        if pointer.endswith(_SILENT) and _group(pointer) in units:
            continue
        yield ComparedField(pointer, tuple(_value(one, pointer) for one in facts))


def _group(pointer: str) -> str:
    return pointer.rpartition("/")[0]


def _value(facts: Mapping[str, Any], pointer: str) -> ComparedValue:
    if pointer not in facts:
        is_silent = _group(pointer) + _SILENT in facts
        return ComparedValue("unknown" if is_silent else "not_applicable")
    raw = facts[pointer]
    name = pointer.rpartition("/")[2]
    is_unknown = raw in (None, "unknown", {}) or (raw == [] and name not in _STATED_EMPTY)
    return ComparedValue("unknown") if is_unknown else ComparedValue("known", raw)


def _facts(document: Json) -> Mapping[SectionCode, Mapping[str, Any]]:
    """Return what an offer has in each section, by pointer."""
    details = document["details"]
    return {
        "offer": {"/providers": providers_of(document), "/kind": document["kind"]},
        "audience": _members(document, "", _AUDIENCE),
        "calendar": _members(document, "", ("intake_status", "next_deadline")),
        "eligibility": _members(document["eligibility"], "/eligibility", _CONDITIONS),
        "price": _prices(document["pricing"]),
        "amounts": _grouped(details, "components", ("instrument",)),
        "access": _grouped(details, "access_modes", ("unit",)),
        "details": dict(_details(details)),
        "sovereignty": _nested(details, "sovereignty"),
        "support": _members(document["support"] or {}, "/support", tuple(SUPPORT)),
    }


def _members(holder: Json, above: str, names: Sequence[str]) -> dict[str, Any]:
    return {f"{above}/{name}": holder.get(name) for name in names}


def providers_of(document: Json) -> list[str]:
    """Return the names of who provides an offer."""
    names = {one["slug"]: one["name"] for one in document["organisation_details"]}
    slugs = [one["organisation"] for one in document["organisations"] if one["role"] == "provider"]
    return [names[slug] for slug in dict.fromkeys(slugs)]


def _prices(pricing: Json) -> dict[str, Any]:
    """Return the prices by unit; where an offer states none at all, each unit is unknown."""
    facts = {"/pricing/basis": pricing["basis"], "/pricing/note": pricing["note"]}
    rows = _by_unit(pricing["rows"], "/pricing/rows", ("period", "currency", "tax"))
    is_stated = bool(pricing["rows"]) or pricing["basis"] == "free"
    return {**facts, **rows} if is_stated else {**facts, f"/pricing/rows{_SILENT}": None}


def _grouped(details: Json, name: str, unit: tuple[str, ...]) -> dict[str, Any]:
    if name not in details:
        return {}
    above = f"/details/{name}"
    return _by_unit(details[name], above, unit) if details[name] else {above + _SILENT: None}


def _by_unit(rows: Sequence[Json], above: str, unit: Sequence[str]) -> dict[str, Any]:
    groups: dict[str, Any] = {}
    for row in rows:
        groups.setdefault(f"{above}/{':'.join(str(row[name]) for name in unit)}", []).append(row)
    return groups


def _nested(details: Json, name: str) -> dict[str, Any]:
    holder = details.get(name) or {}
    return _members(holder, f"/details/{name}", tuple(holder))


def _details(details: Json) -> Iterator[tuple[str, Any]]:
    """Yield the other facts of a kind; the members of an object stand one by one."""
    for name, value in details.items():
        if name in _GROUPED:
            continue
        if name == "gpu":
            yield from _members(value or {}, "/details/gpu", _GPU).items()
        elif isinstance(value, Mapping) and not {"fr", "en"} <= value.keys():
            yield from _members(value, f"/details/{name}", tuple(value)).items()
        else:
            yield f"/details/{name}", value
