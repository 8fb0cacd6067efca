"""Values that every kind of offer uses."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BeforeValidator

from aiff_contracts.language import Strict
from aiff_contracts.provenance import Confidence
from aiff_contracts.spelling.codes import Currency, language_code

Kind = Literal["compute", "training", "funding", "incubation", "expertise", "resource", "network"]
Audience = Literal[
    "startup", "sme", "midcap", "large", "lab", "public_body", "individual", "association"
]
Stage = Literal[
    "any",
    "ideation",
    "feasibility",
    "pre_creation",
    "prototype",
    "pre_seed",
    "seed",
    "research",
    "validation",
    "development",
    "demonstration",
    "industrialisation",
    "series_a",
    "series_b",
    "series_c",
    "growth",
    "scale_up",
    "adoption",
]
Role = Literal["provider", "operator", "host", "funder"]

Slug = Annotated[str, MinLen(2), MaxLen(80)]
Url = Annotated[str, MinLen(8), MaxLen(500)]
Number = int | float
Share = Annotated[Number, Ge(0), Le(1)]

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_URL = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def checked_slug(value: str) -> str:
    """Return the slug, or raise ValueError when it is not lower-case words joined by hyphens."""
    if not _SLUG.fullmatch(value):
        message = f"{value!r} is not a slug: use lower-case letters, digits and single hyphens"
        raise ValueError(message)
    return value


def checked_url(value: str | None) -> str | None:
    """Return the address, or raise ValueError when it is not an absolute http(s) one."""
    if value is not None and not _URL.fullmatch(value):
        message = f"{value!r} is not an absolute http or https address"
        raise ValueError(message)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Strict):
    """The same sentence in French and in English; neither may be empty."""

    fr: Annotated[str, MinLen(1), MaxLen(20_000)]
    en: Annotated[str, MinLen(1), MaxLen(20_000)]

    def __post_init__(self) -> None:
        """Store canonical Unicode, so equal words compare equal; refuse hidden reordering."""
        for name in ("fr", "en"):
            value = getattr(self, name)
            if "\x00" in value or _BIDI.search(value):
                message = f"{name} holds a NUL or a bidirectional control character; remove it"
                raise ValueError(message)
            if not value.strip():
                message = f"{name} is empty; write the sentence in both languages"
                raise ValueError(message)
            object.__setattr__(self, name, unicodedata.normalize("NFC", value))

    @classmethod
    def composed(cls, fr: str, en: str) -> "Text":
        """Return a sentence put together from words that were checked when they came.

        Answers hold a thousand such sentences; checking each again took an eighth of their time.
        """
        made = object.__new__(cls)
        object.__setattr__(made, "fr", unicodedata.normalize("NFC", fr))
        object.__setattr__(made, "en", unicodedata.normalize("NFC", en))
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Strict):
    """An amount in one currency (ISO 4217); the amount is exact, never a float."""

    amount: Annotated[Decimal, Ge(0)]
    currency: Currency = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay(Strict):
    """How long a decision takes, counted from the application or from the cut-off.

    A week is seven days, a month one of the calendar; only working days leave out holidays.
    """

    minimum: Annotated[int, Ge(0)] | None = None
    maximum: Annotated[int, Ge(0)]
    unit: Literal["working_days", "calendar_days", "weeks", "months"]
    after: Literal["application", "cut_off"] = "application"

    def __post_init__(self) -> None:
        """Refuse a shortest delay above the longest."""
        if self.minimum is not None and self.minimum > self.maximum:
            message = "the shortest delay is above the longest; exchange or correct them"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Strict):
    """Where facts come from.

    `fields` lists the JSON pointers (relative to the offer) that this source supports; empty
    means the whole offer. `as_of` is the day on which the source was known to say so.
    """

    label: Annotated[str, MinLen(2), MaxLen(500)]
    url: Url | None = None
    as_of: date | None = None
    confidence: Confidence
    fields: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a relative address."""
        checked_url(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Strict):
    """One of several values that sources give for the same figure.

    Sources disagree in reality; all claims are kept and a curator marks the chosen one.
    `field` is a JSON pointer relative to the offer.
    """

    field: Annotated[str, MinLen(2), MaxLen(200)]
    value: Annotated[str, MinLen(1), MaxLen(200)]
    source: Annotated[str, MinLen(2), MaxLen(500)]
    as_of: date | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRole(Strict):
    """What an organisation does for this offer; operator and host may differ."""

    organisation: Slug
    role: Role

    def __post_init__(self) -> None:
        """Refuse a reference that cannot be a slug."""
        checked_slug(self.organisation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Strict):
    """How to reach the provider about this offer."""

    email: Annotated[str, MaxLen(254)] | None = None
    phone: Annotated[str, MaxLen(40)] | None = None
    url: Url | None = None
    note: Text | None = None

    def __post_init__(self) -> None:
        """Refuse addresses that cannot work."""
        checked_url(self.url)
        if self.email is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", self.email):
            message = f"{self.email!r} is not an e-mail address"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportQuality(Strict):
    """Observable facts about support; None is unknown, False and 0 are stated facts."""

    languages: tuple[Annotated[str, BeforeValidator(language_code)], ...] | None = None
    channels: tuple[Literal["email", "phone", "chat", "ticket", "on_site", "forum"], ...] | None = (
        None
    )
    first_reply_hours: Annotated[int, Ge(0)] | None = None
    engineer_hours_included: Annotated[Number, Ge(0)] | None = None
    named_advisor: bool | None = None
    application_help: bool | None = None
    training_sessions: bool | None = None
