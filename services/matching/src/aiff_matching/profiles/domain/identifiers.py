"""Identifiers of organisations and their check digits."""

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict

Scheme = Literal["siren", "siret", "pic", "euid", "ror"]
_LA_POSTE = "356000000"
_SIREN_DIGITS = 9
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
        if self.scheme in {"siren", "siret"} and not _checks(value):
            message = f"{self.value!r} has a wrong check digit; read the number again"
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


def _checks(value: str) -> bool:
    """Check a SIREN or a SIRET. INSEE: La Poste's sites have a digit sum divisible by five."""
    siren = value[:_SIREN_DIGITS]
    if siren == _LA_POSTE and len(value) > _SIREN_DIGITS:
        return luhn(value) or sum(map(int, value)) % 5 == 0
    return luhn(siren) and luhn(value)
