"""Figures and days as people write them: 50 k€, 20 000, 31/12/2026."""

import re
from datetime import date
from decimal import Decimal

_FACTORS = {"": 1, "k": 1_000, "m": 1_000_000, "md": 1_000_000_000, "bn": 1_000_000_000}
_AMOUNT = re.compile(r"(\d{1,15}(?:[.,]\d{1,3})?)(md|bn|[km])?(?:€|eur|euros?)?", re.ASCII)
_SPACES = re.compile(r"[\s\u00a0\u202f']+")
_THOUSANDS = re.compile(r"(\d)[.,](?=\d{3}(?!\d))")
_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def without_spaces(written: str) -> str:
    """Return what was written in small letters, without what parts thousands."""
    return _SPACES.sub("", written.lower())


def written_amount(written: str) -> Decimal | None:
    """Return an amount: "10 k€", "1,5 M", "50.000" and "50 000 euros" are read."""
    found = _AMOUNT.fullmatch(_THOUSANDS.sub(r"\1", without_spaces(written)))
    if found is None:
        return None
    return Decimal(found[1].replace(",", ".")) * _FACTORS[found[2] or ""]


def written_day(written: str) -> date | None:
    """Return a day; a French one is read too, and a day that no calendar has is none."""
    french = _FRENCH_DAY.fullmatch(written.strip())
    iso = f"{french[3]}-{int(french[2]):02}-{int(french[1]):02}" if french else written.strip()
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
