"""Links that letters carry: who follows one reads what is sent to an address.

A link works once and for a while. Only the digest of its token is kept, so that whoever reads the
database follows none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from aiff_gateway.mail.domain.letters import Language

# Nobody is sent more links in an hour, whoever asks for them.
MOST_LINKS_AN_HOUR = 5
HOUR = timedelta(hours=1)
LONGEST_TOKEN = 60


class LinkKind(StrEnum):
    """What following a link does."""

    CONFIRM = "confirm"
    RESET = "reset"
    ADDRESS = "address"


LIFETIME = {
    LinkKind.CONFIRM: timedelta(days=2),
    LinkKind.RESET: HOUR,
    LinkKind.ADDRESS: timedelta(days=1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that was asked for, for an address; `person` is the account that it is about.

    One that opens nothing for anybody has a kind that needs a person, and no person.
    """

    id: UUID
    kind: LinkKind
    digest: str
    email: str
    person: UUID | None
    language: Language
    created_at: datetime
    expires_at: datetime
