"""The values of the templates: all words chosen, all addresses made."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from aiff_contracts import labels
from aiff_portal.api.domain import Document
from aiff_portal.network.application import News
from aiff_portal.network.domain.europe import europe
from aiff_portal.network.domain.members import countries_of
from aiff_portal.network.domain.months import dated_offer, months_of
from aiff_portal.network.domain.words import CALENDAR, NETWORK, NEWS
from aiff_portal.ui.domain.formats import FORMATS
from aiff_portal.ui.domain.language import Language, in_language

Values = Mapping[str, Any]
PERIODS = (30, 90)


class NetworkPresenting:
    """Presents what the API answered in one language."""

    def __init__(self, language: Language) -> None:
        """Prepare the words."""
        self._formats, self._home = FORMATS[language], f"/{language}/"
        self._network, self._calendar, self._news = (
            in_language(table, language) for table in (NETWORK, CALENDAR, NEWS)
        )

    def network(self, offers: Sequence[Document], organisations: Sequence[Document]) -> Values:
        """Return the values of the map with its table."""
        countries = countries_of(offers, organisations, self._formats, self._home)
        number = self._formats.number
        counted = self._network["counted"].format(
            members=number(len(offers)),
            countries=number(sum(country.outline is not None for country in countries)),
        )
        return {
            "say": self._network,
            "europe": europe(),
            "countries": countries,
            "counted": counted,
            "members": {country.code for country in countries},
        }

    def calendar(self, offers: Sequence[Document], kind: str | None) -> Values:
        """Return the values of the deadlines by month."""
        every = (self._calendar["every"], f"{self._home}calendar", kind is None)
        kinds = [
            (
                self._formats.label(labels.KINDS, one),
                f"{self._home}calendar?kind={one}",
                one == kind,
            )
            for one in labels.KINDS
        ]
        return {
            "say": self._calendar,
            "kinds": [every, *kinds],
            "months": months_of(offers, self._formats, self._home),
        }

    def news(self, news: News, since: date, days: int) -> Values:
        """Return the values of what is new since a day."""
        say = self._news
        names = {0: "published_none", 1: "published_one"}
        counted = say[names.get(news.count, "published_count")]
        query = urlencode({"published_since": since.isoformat()})
        return {
            "say": say,
            "lead": say["lead"].format(day=self._formats.day(since.isoformat())),
            "periods": [
                (say["last"].format(days=one), f"{self._home}news?days={one}", one == days)
                for one in PERIODS
            ],
            "published": self._dated(news.published),
            "counted": counted.format(count=self._formats.number(news.count)),
            "all": f"{self._home}offers?{query}",
            "changed": self._dated(news.changed),
        }

    def _dated(self, offers: Sequence[Document]) -> list[Any]:
        return [
            dated_offer(
                one, self._formats.instant(one["updated_at"]) or "", self._formats, self._home
            )
            for one in offers
        ]
