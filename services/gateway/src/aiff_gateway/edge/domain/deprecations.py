"""Addresses that moved: the old one answers as before, and says until when and where it is now."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Deprecation:
    """An old address as a pattern, what it is called now, since when, and until when it answers."""

    name: str
    pattern: re.Pattern[str]
    successor: str
    since: datetime
    sunset: datetime

    def moved(self, path: str) -> str | None:
        """Return the new address for an old one as it was sent, None for any other."""
        found = self.pattern.fullmatch(path)
        return found.expand(self.successor) if found else None

    def headers(self, successor: str) -> list[tuple[bytes, bytes]]:
        """Return what an answer says: RFC 9745 and RFC 8594."""
        links = f'<{successor}>; rel="successor-version", </docs>; rel="deprecation"'
        return [
            (b"deprecation", b"@%d" % int(self.since.timestamp())),
            (b"sunset", format_datetime(self.sunset, usegmt=True).encode("ascii")),
            (b"link", links.encode("latin-1")),
        ]


_SINCE, _SUNSET = (datetime(year, 12, 1, tzinfo=UTC) for year in (2026, 2027))
# These were read as another object's address by whoever takes the API document at its word.
DEPRECATIONS: Sequence[Deprecation] = (
    Deprecation(
        name="/v1/introductions/received",
        pattern=re.compile(r"/v1/introductions/received(/.*)?"),
        successor=r"/v1/received-introductions\1",
        since=_SINCE,
        sunset=_SUNSET,
    ),
    Deprecation(
        name="/v1/introductions/tray",
        pattern=re.compile(r"/v1/introductions/tray(/.*)?"),
        successor=r"/v1/introduction-tray\1",
        since=_SINCE,
        sunset=_SUNSET,
    ),
    Deprecation(
        name="/v1/offers/{reference}/revisions/{number}",
        pattern=re.compile(r"/v1/offers/([^/]+)/revisions/([^/]+)"),
        successor=r"/v1/offer-revisions/\1/\2",
        since=_SINCE,
        sunset=_SUNSET,
    ),
)
