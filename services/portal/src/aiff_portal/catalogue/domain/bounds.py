"""What a search asks of figures and days, as people write them: 50 k€, 80 Go, 31/12/2026."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from aiff_portal.ui.domain.language import Pair
from aiff_portal.ui.domain.written import without_spaces, written_amount, written_day

_MEMORY = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)(?:go|gb)?")
# What the API takes: see the parameters of its search.
_MOST_EUROS, _MOST_GB = Decimal(10) ** 12, Decimal(100_000)
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2200, 12, 31)


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound: its parameter, its words, what to write, and how what was written is read.

    `kind` is the kind of offer that states it, None where all do; `read` returns what the API
    takes, None for what cannot be read.
    """

    name: str
    label: Pair
    chip: Pair
    mend: Pair
    read: Callable[[str], str | None]
    kind: str | None = None
    is_day: bool = False


def read_amount(written: str) -> str | None:
    """Return euros as the API takes them."""
    amount = written_amount(written)
    return None if amount is None or amount > _MOST_EUROS else _plain(amount)


def read_memory(written: str) -> str | None:
    """Return gigabytes, with or without their unit."""
    found = _MEMORY.fullmatch(without_spaces(written))
    memory = Decimal(found[1].replace(",", ".")) if found else Decimal(0)
    return _plain(memory) if 1 <= memory <= _MOST_GB else None


def read_day(written: str) -> str | None:
    """Return a day as the API takes it."""
    day = written_day(written)
    return day.isoformat() if day and _FIRST_DAY <= day <= _LAST_DAY else None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


_WRITE_DAY: Pair = (
    "Écrivez un jour qui existe, par exemple 31/12/2026.",
    "Write a day that exists, for example 31/12/2026 (day, month, year).",
)
REVERSED: Pair = (
    "Ce jour est avant le premier : échangez les deux, ou corrigez l'un.",
    "This day is before the first one: exchange the two, or correct one.",
)
BOUNDS: dict[str, Bound] = {
    bound.name: bound
    for bound in (
        Bound(
            "deadline_after",
            ("Date limite à partir du", "Deadline from"),
            ("Date limite dès le {}", "Deadline from {}"),
            _WRITE_DAY,
            read_day,
            is_day=True,
        ),
        Bound(
            "deadline_before",
            ("Date limite jusqu'au", "Deadline until"),
            ("Date limite jusqu'au {}", "Deadline until {}"),
            _WRITE_DAY,
            read_day,
            is_day=True,
        ),
        Bound(
            "published_since",
            ("Au catalogue depuis le", "In the catalogue since"),
            ("Au catalogue depuis le {}", "In the catalogue since {}"),
            _WRITE_DAY,
            read_day,
            is_day=True,
        ),
        Bound(
            "amount_min",
            ("Aide d'au moins (euros)", "Funding of at least (euros)"),
            ("Aide d'au moins {}", "Funding of at least {}"),
            (
                "Écrivez un montant en euros, par exemple 50000 ou 50 k€.",
                "Write an amount in euros, for example 50000 or 50 k€.",
            ),
            read_amount,
            kind="funding",
        ),
        Bound(
            "gpu_memory_min",
            ("Mémoire par GPU, au moins (Go)", "Memory per GPU, at least (GB)"),
            ("Au moins {} Go par GPU", "At least {} GB per GPU"),
            (
                "Écrivez un nombre de gigaoctets de 1 à 100 000, par exemple 80.",
                "Write a number of gigabytes from 1 to 100,000, for example 80.",
            ),
            read_memory,
            kind="compute",
        ),
    )
}
