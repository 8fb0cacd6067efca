"""How long a session lasts: for programs hours, on pages as long as somebody comes back.

OWASP's and NIST's advice (SP 800-63B-4, section 2.2.3: at most 24 hours at AAL2, 30 days at AAL1)
is for a person at a screen. To a page a founder comes back after a week: it ends after fourteen
days without a visit and after thirty days in any case. A program signs in anew each day.
"""

from datetime import datetime, timedelta
from enum import StrEnum

# Changes of what opens an account ask for a sign-in that is no older.
FRESH_FOR = timedelta(minutes=15)


class Client(StrEnum):
    """Where a session is used."""

    PAGE = "page"
    PROGRAM = "program"


LIFETIME = {Client.PAGE: timedelta(days=30), Client.PROGRAM: timedelta(hours=12)}
IDLE_LIFETIME = {Client.PAGE: timedelta(days=14), Client.PROGRAM: timedelta(hours=12)}


def is_fresh(authenticated_at: datetime, now: datetime) -> bool:
    """Tell whether somebody proved a moment ago who they are."""
    return now - authenticated_at < FRESH_FOR
