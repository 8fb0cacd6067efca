"""The words of a comparison: codes by their labels, money and quotas in their own units."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from aiff_catalog.offers.domain.field_labels import label_of
from aiff_catalog.offers.entrypoints.http.differences import spoken
from aiff_contracts import labels
from aiff_contracts.sectors import SECTORS
from aiff_contracts.territory import TERRITORIES

_LANGUAGES = ("fr", "en")
_PLACES = {one.code: (one.label_fr, one.label_en) for one in TERRITORIES.values()}
_CODES: Mapping[str, labels.Labels] = {
    "access": labels.ACCESSES,
    "audience": labels.AUDIENCES,
    "basis": {**labels.EQUITY_BASES, **labels.PRICE_BASES},
    "channels": labels.CHANNELS,
    "confidence": labels.CONFIDENCES,
    "countries": _PLACES,
    "data_locations": _PLACES,
    "dilution": labels.DILUTIONS,
    "instrument": labels.INSTRUMENTS,
    "intake_status": labels.INTAKE_STATUSES,
    "kind": labels.KINDS,
    "levels": labels.LEVELS,
    "modality": labels.MODALITIES,
    "nature": labels.COMPUTE_NATURES,
    "network": labels.NETWORKS,
    "non_eu_law_exposure": labels.EXPOSURES,
    "operator_hq": _PLACES,
    "operator_type": labels.ECONOMIC_SECTORS,
    "period": labels.BILLING_PERIODS,
    "permitted_use": labels.USES,
    "resource": labels.RESOURCE_TYPES,
    "scheme": labels.CERTIFICATIONS,
    "sector": labels.ECONOMIC_SECTORS,
    "sectors": SECTORS,
    "selection": labels.SELECTIONS,
    "service": labels.SERVICES,
    "stack": labels.STACKS,
    "stages": labels.STAGES,
    "state": labels.CERTIFICATE_STATES,
    "status": labels.COMPUTE_STATUSES,
    "tax": labels.TAX_BASES,
    "territories": _PLACES,
    "ultimate_owner": _PLACES,
    "unit": labels.DELAY_UNITS,
}
# An amount of money is told by its code.
_UNITS: labels.Labels = {**labels.ACCESS_UNITS, "eur": ("EUR", "EUR")}
_SILENT = ("non publié", "not published")
_UNBOUNDED = ("sans plafond", "no upper limit")
_UP_TO, _FROM = ("jusqu'à", "up to"), ("à partir de", "from")
_NAMES: labels.Labels = {
    "intake_status": ("statut des candidatures", "intake status"),
    "next_deadline": ("prochaine échéance", "next deadline"),
    "providers": ("fournisseurs", "providers"),
}


def label(pointer: str) -> dict[str, str]:
    """Return what a field is called; one of a group is called by its unit."""
    above, _, unit = pointer.rpartition("/")
    if unit == "*":
        return {language: label_of(above, language) for language in _LANGUAGES}
    if above == "/pricing/rows":
        period, currency, tax = unit.split(":")
        said = (labels.BILLING_PERIODS[period], (currency, currency), labels.TAX_BASES[tax])
        return _both(lambda place: ", ".join(one[place] for one in said))
    if above == "/details/access_modes":
        return _both(lambda place: _UNITS[unit][place])
    if above == "/details/components":
        return _both(lambda place: labels.INSTRUMENTS[unit][place])
    if unit in _NAMES:
        return _both(lambda place: _NAMES[unit][place])
    return {language: label_of(pointer, language) for language in _LANGUAGES}


def words(pointer: str, raw: Any) -> dict[str, str]:
    """Return a known value as a person reads it."""
    above, _, name = pointer.rpartition("/")
    rows = {
        "/pricing/rows": _price,
        "/details/access_modes": _quota,
        "/details/components": _component,
    }
    if above in rows:
        return _both(lambda place: "; ".join(rows[above](row, place) for row in raw))
    return _both(lambda place: spoken(_worded(name, raw, place), _LANGUAGES[place]))


def not_published(providers: Sequence[str]) -> dict[str, str]:
    """Return that a value is unknown, and who could tell."""
    who = ", ".join(providers)
    return {"fr": f"non publié ; à demander à {who}", "en": f"not published; ask {who}"}


def _both(said: Any) -> dict[str, str]:
    return {language: said(place) for place, language in enumerate(_LANGUAGES)}


def _worded(name: str, value: Any, place: int) -> Any:
    """Return a value with its codes as words and its money as one text."""
    match value:
        case {"amount": _, "currency": _}:
            return _money(value, place)
        case {"label_fr": french, "label_en": english, "source": source}:
            return f"{(french, english)[place]} ({source})" if source else (french, english)[place]
        case list():
            return [_worded(name, one, place) for one in value]
        case dict():
            return {inner: _worded(inner, one, place) for inner, one in value.items()}
    return _plain(name, value, place)


def _plain(name: str, value: Any, place: int) -> Any:
    """Return a code as its words, a number with its groups, anything else as it is."""
    if isinstance(value, str):
        return _CODES.get(name, {}).get(value, (value, value))[place]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return _figure(value, place) if is_number else value


def _figure(value: float | str, place: int) -> str:
    """Return a number with every digit that is published, in groups of three."""
    english = f"{Decimal(str(value)):,f}"
    return english if place else english.replace(",", "\u202f").replace(".", ",")


def _money(value: Mapping[str, Any], place: int) -> str:
    return f"{_figure(value['amount'], place)} {value['currency']}"


def _price(row: Mapping[str, Any], place: int) -> str:
    for_gpus = f" / {row['gpus']} GPU" if row["gpus"] else ""
    named = f"{row['label']}: " if row["label"] else ""
    return f"{named}{_money(row, place)} {labels.BILLING_PERIODS[row['period']][place]}{for_gpus}"


def _quota(mode: Mapping[str, Any], place: int) -> str:
    least, most = (
        end if end is None else _figure(end, place) for end in (mode["minimum"], mode["maximum"])
    )
    upper = _UNBOUNDED[place] if mode["unbounded"] else most
    name = mode["name"][_LANGUAGES[place]]
    return f"{name}: {_between(least, upper, place)} ({_UNITS[mode['unit']][place]})"


def _component(row: Mapping[str, Any], place: int) -> str:
    least, most = (
        end if end is None else _money(end, place) for end in (row["minimum"], row["maximum"])
    )
    return f"{_between(least, most, place)}, {labels.DILUTIONS[row['dilution']][place]}"


def _between(least: str | None, most: str | None, place: int) -> str:
    """Return two ends as one phrase; an end that is not published is not made up."""
    match least, most:
        case None, None:
            return _SILENT[place]
        case None, str(end):
            return end if end == _UNBOUNDED[place] else f"{_UP_TO[place]} {end}"
        case str(end), None:
            return f"{_FROM[place]} {end}"
        case str(low), str(high) if low == high:
            return low
        case _:
            return f"{least}, {most}" if most == _UNBOUNDED[place] else f"{least} - {most}"
