"""What an offer says in rows: access modes, prices, components, sessions, certificates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from aiff_contracts import labels
from aiff_portal.catalogue.domain.calendars import calendar_of
from aiff_portal.catalogue.domain.facts import delay_text, stated
from aiff_portal.ui.domain.formats import Formats
from aiff_portal.ui.domain.language import LANGUAGES, Pair
from aiff_portal.ui.domain.tables import Table

Rows = Sequence[Mapping[str, Any]]


_MODES: tuple[Pair, ...] = (
    ("Mode", "Mode"),
    ("Programme", "Programme"),
    ("Quota", "Quota"),
    ("Délai", "Delay"),
    ("Candidatures", "Applications"),
    ("Prix", "Price"),
)
_PRICES: tuple[Pair, ...] = (
    ("Tarif", "Price"),
    ("Montant", "Amount"),
    ("Période", "Period"),
    ("Taxes", "Tax"),
    ("GPU compris", "GPUs covered"),
    ("Vérifié le", "Checked on"),
)
_COMPONENTS: tuple[Pair, ...] = (
    ("Instrument", "Instrument"),
    ("Au moins", "At least"),
    ("Au plus", "At most"),
    ("Taux d'aide", "Aid rate"),
    ("Dilution", "Dilution"),
    ("Précision", "Note"),
)
_SESSIONS: tuple[Pair, ...] = (
    ("Du", "From"),
    ("Au", "To"),
    ("Lieu", "Place"),
    ("Langue", "Language"),
    ("Places", "Seats"),
    ("Places libres", "Seats left"),
)
_COHORTS: tuple[Pair, ...] = (
    ("Promotion", "Cohort"),
    ("Du", "From"),
    ("Au", "To"),
    ("Taille", "Size"),
    ("Places libres", "Seats left"),
)
_CERTIFICATES: tuple[Pair, ...] = (
    ("Certification", "Certification"),
    ("État", "State"),
    ("Périmètre", "Scope"),
    ("Couvre le GPU", "Covers the GPU"),
    ("Valable jusqu'au", "Valid until"),
)
_UNBOUNDED: Pair = ("{least} et plus, sans plafond", "{least} and more, without a ceiling")
_FROM: Pair = ("{least} au moins", "at least {least}")
_UP_TO: Pair = ("{most} au plus", "up to {most}")
_NO_CEILING: Pair = ("sans plafond", "without a ceiling")
_OWN_UNITS: Pair = (
    "Chaque programme compte dans sa propre unité ; elles ne se comparent pas telles quelles.",
    "Each programme counts in its own unit; they do not compare as they are.",
)
_COHORT: Pair = ("Promotion", "Cohort")


def access_modes(modes: Rows, caption: str, formats: Formats) -> Table:
    """Return each way to get hours, in its programme's own unit."""
    made = _table(caption, _MODES, (_mode(mode, formats) for mode in modes), formats)
    return replace(made, note=_OWN_UNITS[LANGUAGES.index(formats.language)])


def prices(rows: Rows, caption: str, formats: Formats) -> Table:
    """Return a published price list."""
    return _table(caption, _PRICES, (_price(row, formats) for row in rows), formats)


def components(rows: Rows, caption: str, formats: Formats) -> Table:
    """Return what is paid, instrument by instrument."""
    return _table(caption, _COMPONENTS, (_component(row, formats) for row in rows), formats)


def sessions(rows: Rows, caption: str, formats: Formats) -> Table:
    """Return the announced sessions of a course."""
    made = (
        (
            formats.day(row["starts"]),
            formats.day(row["ends"]),
            row["place"],
            formats.tongues(row["language"] and (row["language"],)),
            formats.number(row["seats"]),
            formats.number(row["seats_left"]),
        )
        for row in rows
    )
    return _table(caption, _SESSIONS, made, formats)


def cohorts(rows: Rows, caption: str, formats: Formats) -> Table:
    """Return the announced cohorts of a programme."""
    unnamed = _COHORT[LANGUAGES.index(formats.language)]
    made = (
        (
            row["label"] or unnamed,
            formats.day(row["starts"]),
            formats.day(row["ends"]),
            formats.number(row["size"]),
            formats.number(row["seats_left"]),
        )
        for row in rows
    )
    return _table(caption, _COHORTS, made, formats)


def certificates(rows: Rows, caption: str, formats: Formats) -> Table:
    """Return the certificates of a service, each with what it covers."""
    made = (
        (
            formats.label(labels.CERTIFICATIONS, row["scheme"]),
            formats.label(labels.CERTIFICATE_STATES, row["state"]),
            row["scope"],
            formats.yes_no(row["covers_gpu"]),
            formats.day(row["valid_to"]),
        )
        for row in rows
    )
    return _table(caption, _CERTIFICATES, made, formats)


def price_basis(basis: str, formats: Formats) -> str | None:
    """Return on what a price rests, in words."""
    return formats.label(labels.PRICE_BASES, stated(basis))


def _mode(mode: Mapping[str, Any], formats: Formats) -> tuple[str | None, ...]:
    calendar = calendar_of(mode["intake"], formats)
    known = mode["intake"]["shape"] != "unknown"
    return (
        formats.text(mode["name"]),
        mode["programme"],
        _quota(mode, formats),
        delay_text(mode["delay"], formats),
        calendar.shape if known else None,
        price_basis(mode["pricing"]["basis"], formats),
    )


def _quota(mode: Mapping[str, Any], formats: Formats) -> str | None:
    """Return the bounds in the programme's own unit, None where no bound is published."""
    place = LANGUAGES.index(formats.language)
    least, most = formats.number(mode["minimum"]), formats.number(mode["maximum"])
    unit = labels.ACCESS_UNITS[mode["unit"]][place]
    if least and most:
        return f"{least} \u2013 {most} {unit}"
    if most:
        return f"{_UP_TO[place].format(most=most)} ({unit})"
    if mode["unbounded"]:
        said = _UNBOUNDED[place].format(least=least) if least else _NO_CEILING[place]
        return f"{said} ({unit})"
    return f"{_FROM[place].format(least=least)} ({unit})" if least else None


def _price(row: Mapping[str, Any], formats: Formats) -> tuple[str | None, ...]:
    period = formats.label(labels.BILLING_PERIODS, row["period"])
    return (
        row["label"] or period,
        formats.money(row),
        period,
        formats.label(labels.TAX_BASES, row["tax"]),
        formats.number(row["gpus"]),
        formats.day(row["checked_at"]),
    )


def _component(row: Mapping[str, Any], formats: Formats) -> tuple[str | None, ...]:
    return (
        formats.label(labels.INSTRUMENTS, row["instrument"]),
        formats.money(row["minimum"]),
        formats.money(row["maximum"]),
        formats.percent(row["rate"]),
        formats.label(labels.DILUTIONS, row["dilution"]),
        formats.text(row["note"]),
    )


def _table(
    caption: str,
    columns: Sequence[Pair],
    rows: Iterator[tuple[str | None, ...]],
    formats: Formats,
) -> Table:
    """Return a table without the columns that say nothing in any row."""
    made, place = list(rows), LANGUAGES.index(formats.language)
    kept = [n for n in range(len(columns)) if n == 0 or any(row[n] is not None for row in made)]
    return Table(
        caption,
        tuple(columns[n][place] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in made),
    )
