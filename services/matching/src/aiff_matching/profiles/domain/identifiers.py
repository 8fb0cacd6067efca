"""Identifiers of organisations and their check digits."""

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict

Scheme = Literal["siren", "siret", "pic", "euid", "ror"]
_LA_POSTE = "356000000"
_SEAT_OF_LA_POSTE = "35600000000048"
_SIREN_DIGITS = 9
_NOBODY, _NO_SITE = "000000000", "0000"
_ROR_DIGITS = 7
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
_SHAPES: dict[Scheme, tuple[re.Pattern[str], str]] = {
    "siren": (re.compile(r"[0-9]{9}"), "nine digits"),
    "siret": (re.compile(r"[0-9]{14}"), "fourteen digits"),
    "pic": (re.compile(r"[0-9]{9}"), "nine digits"),
    "euid": (re.compile(r"[A-Z]{2}[A-Z0-9]{0,20}\.[A-Z0-9._-]{1,40}"), "such as FRIDF.123456789"),
    "ror": (re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}"), "such as 02feahw73"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier(Strict):
    """One identifier of an organisation. SIREN and SIRET exist in France only."""

    scheme: Scheme
    value: Annotated[str, MinLen(1), MaxLen(80)]

    def __post_init__(self) -> None:
        """Store the value without spaces; refuse a wrong shape or check digit."""
        value = re.sub(r"\s", "", self.value).removeprefix("https://ror.org/")
        shape, wanted = _SHAPES[self.scheme]
        if not shape.fullmatch(value):
            message = f"{self.value!r} is not a {self.scheme.upper()}: give {wanted}"
            raise ValueError(message)
        if not _checks(self.scheme, value):
            message = f"{self.value!r} has a wrong check digit; read the number again"
            raise ValueError(message)
        if not _is_given(self.scheme, value):
            message = f"{self.value!r} is a {self.scheme.upper()} that nobody has; "
            message += "give the real one, or leave it out where there is none"
            raise ValueError(message)
        object.__setattr__(self, "value", value)

    @property
    def is_french(self) -> bool:
        """Tell whether only an organisation registered in France can have this identifier."""
        return self.scheme in {"siren", "siret"}


def luhn(digits: str) -> bool:
    """Tell whether the last digit is the Luhn check digit of the others (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 if index % 2 else 1) for index, digit in enumerate(digits[::-1])]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004


def _checks(scheme: Scheme, value: str) -> bool:
    """Tell whether the check digits of a number are right, where its scheme has some."""
    match scheme:
        case "siren":
            return luhn(value)
        case "siret":
            return _checks_siret(value)
        case "ror":
            return int(value[_ROR_DIGITS:]) == _ror_digits(value[1:_ROR_DIGITS])
        case _:
            return True


def _checks_siret(value: str) -> bool:
    """Check a SIRET. INSEE: the digits of La Poste's sites, but its seat, add up to fives."""
    if value.startswith(_LA_POSTE) and value != _SEAT_OF_LA_POSTE:
        return sum(map(int, value)) % 5 == 0
    return luhn(value[:_SIREN_DIGITS]) and luhn(value)


def _ror_digits(letters: str) -> int:
    """Return the two check digits of a ROR identifier (ISO/IEC 7064, modulo 97)."""
    number = 0
    for letter in letters:
        number = number * len(_BASE32) + _BASE32.index(letter)
    return 98 - number * 100 % 97


def _is_given(scheme: Scheme, value: str) -> bool:
    """Tell whether a number with right digits can have been given to anybody.

    Nobody has the number nought, which every check digit lets pass; INSEE counts the sites of a
    company from 0001, and a PIC is a number of nine digits, so it begins with another than 0.
    """
    match scheme:
        case "siren":
            return value != _NOBODY
        case "siret":
            return not value.startswith(_NOBODY) and value[_SIREN_DIGITS:-1] != _NO_SITE
        case "pic":
            return not value.startswith("0")
        case "euid":
            return value.partition(".")[2].strip("0._-") != ""
        case "ror":
            return True
