"""The bodies of mail's routes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from aiff_contracts.language import Strict
from aiff_gateway.mail.domain.letters import (
    LIST_OF,
    Kind,
    LetterState,
    MailingList,
    StoredLetter,
)

LetterStatus = Literal["waiting", "sent", "unknown", "not_sent"]
_STATUS: dict[LetterState, LetterStatus] = {
    LetterState.WAITING: "waiting",
    LetterState.CLAIMED: "waiting",
    LetterState.HANDING_OVER: "waiting",
    LetterState.SENT: "sent",
    LetterState.UNKNOWN: "unknown",
    LetterState.REFUSED: "not_sent",
    LetterState.SUPPRESSED: "not_sent",
    LetterState.GIVEN_UP: "not_sent",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBody(Strict):
    """A letter: what it was about and what became of it, without its text.

    `unknown` means that it was handed over and no answer came; it is not sent again. `due_at` is
    when one that waits is tried next, `reason` why one was not sent.
    """

    id: UUID
    kind: Kind
    list: MailingList | None
    status: LetterStatus
    written_at: datetime
    tried_at: datetime | None
    due_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersBody(Strict):
    """Letters to the caller, newest first; `next` leads to older ones."""

    items: tuple[LetterBody, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingListBody(Strict):
    """A list and whether the caller gets it."""

    list: MailingList
    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingListsBody(Strict):
    """Every list; letters that answer the caller or guard the account belong to none."""

    items: tuple[MailingListBody, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedBody(Strict):
    """Whether a list is to be sent."""

    wanted: bool


def letter_body(stored: StoredLetter) -> LetterBody:
    """Return a letter as its reader sees it."""
    return LetterBody(
        id=stored.id,
        kind=stored.letter.kind,
        list=LIST_OF.get(stored.letter.kind),
        status=_STATUS[stored.state],
        written_at=stored.created_at,
        tried_at=stored.tried_at,
        due_at=stored.due_at,
        reason=stored.reason,
    )
