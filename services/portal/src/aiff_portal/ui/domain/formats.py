"""Figures, money, days and codes as each language writes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location
from babel.numbers import format_currency, format_decimal, format_percent

from aiff_contracts.days import day_en, day_fr
from aiff_contracts.labels import Labels, capital
from aiff_contracts.territory import name_of
from aiff_portal.ui.domain.language import LANGUAGES, Language

_LOCALES: Mapping[Language, Locale] = {"fr": Locale("fr", "FR"), "en": Locale("en", "GB")}
_HOME = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class Formats:
    """What a page in one language writes for a value; None, which is unknown, stays None."""

    language: Language

    def text(self, both: Mapping[str, str] | None) -> str | None:
        """Return a text of the published language in this one."""
        return None if both is None else both[self.language]

    def label(self, table: Labels, code: str | None) -> str | None:
        """Return the words for a code with a large first letter, the code where it has none."""
        if code is None:
            return None
        return capital(table.get(code, (code, code))[LANGUAGES.index(self.language)])

    def labels(self, table: Labels, codes: Iterable[str] | None) -> str | None:
        """Return the words for codes, one after the other; None where there are none."""
        return ", ".join(self.label(table, code) or "" for code in codes or ()) or None

    def number(self, value: Decimal | float | str | None) -> str | None:
        """Return a number with the separators of the language."""
        return None if value is None else format_decimal(Decimal(str(value)), locale=self._locale)

    def percent(self, share: float | None) -> str | None:
        """Return a share of one as a percentage."""
        return None if share is None else format_percent(share, "#,##0.## %", locale=self._locale)

    def money(self, money: Mapping[str, Any] | None) -> str | None:
        """Return an amount in its currency; cents only where there are some."""
        if money is None:
            return None
        amount = Decimal(str(money["amount"]))
        digits = amount != amount.to_integral_value()
        shape = None if digits else _WHOLE[self.language]
        return format_currency(
            amount, money["currency"], shape, locale=self._locale, currency_digits=digits
        )

    def day(self, day: str | None) -> str | None:
        """Return an ISO day in words."""
        if day is None:
            return None
        found = date.fromisoformat(day)
        return day_fr(found) if self.language == "fr" else day_en(found)

    def month(self, day: str) -> str:
        """Return the month of an ISO day, with its year."""
        return capital(format_date(date.fromisoformat(day), "LLLL yyyy", locale=self._locale))

    def short_day(self, day: date) -> str:
        """Return a day as the axis of a drawing has room for it, without its year."""
        return format_date(day, "d MMM", locale=self._locale)

    def moment(self, moment: Mapping[str, Any] | None) -> str | None:
        """Return a day, with its time and whose time it is where one is published."""
        if moment is None:
            return None
        if moment["at"] is None:
            return self.day(moment["on"])
        at, zone = time.fromisoformat(moment["at"]), moment["timezone"]
        city = get_timezone_location(zone, locale=self._locale, return_city=True)
        clock = format_time(at, "HH:mm", locale=self._locale)
        where = f"heure de {city}" if self.language == "fr" else f"{city} time"
        return f"{self.day(moment['on'])}, {clock} ({where})"

    def instant(self, instant: str | None) -> str | None:
        """Return the day of an instant in Paris."""
        if instant is None:
            return None
        found = datetime.fromisoformat(instant).astimezone(ZoneInfo(_HOME))
        return self.day(found.date().isoformat())

    def yes_no(self, value: bool | None) -> str | None:  # noqa: FBT001  The value is the fact.
        """Return yes or no, None for unknown."""
        if value is None:
            return None
        return ("Oui" if value else "Non") if self.language == "fr" else ("Yes" if value else "No")

    def tongues(self, codes: Iterable[str] | None) -> str | None:
        """Return the names of languages."""
        return ", ".join(map(self.tongue, codes or ())) or None

    def tongue(self, code: str) -> str:
        """Return the name of a language, its code where it is not known."""
        return capital(self._locale.languages.get(code, code))

    def countries(self, codes: Iterable[str] | None) -> str | None:
        """Return the names of countries (ISO 3166), `EU` among them."""
        known = self._locale.territories
        return ", ".join(known.get(code, code) for code in codes or ()) or None

    def territories(self, codes: Iterable[str] | None) -> str | None:
        """Return the names of territories of the published language."""
        return ", ".join(map(self.territory, codes or ())) or None

    def territory(self, code: str) -> str:
        """Return a territory's name, its code where no table knows it."""
        try:
            return name_of(code)[LANGUAGES.index(self.language)]
        except ValueError:
            return code

    @property
    def _locale(self) -> Locale:
        return _LOCALES[self.language]


_WHOLE: Mapping[Language, str] = {"fr": "#,##0\xa0¤", "en": "¤#,##0"}
FORMATS: Mapping[Language, Formats] = {language: Formats(language) for language in LANGUAGES}
