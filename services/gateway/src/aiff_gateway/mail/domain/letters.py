"""Letters: what is written to whom, of which kind, and how far it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

Language = Literal["fr", "en"]
# Short texts and numbers that a letter's text names; `items` of a digest are lists of them.
Fact = str | int | Sequence[Mapping[str, str]]
LONGEST_KEY = 200
LONGEST_ADDRESS = 254


class Kind(StrEnum):
    """What a letter is about; each has its text in every language."""

    ACCOUNT_CONFIRM = "account.confirm"
    ACCOUNT_EXISTS = "account.exists"
    ACCOUNT_RESET = "account.reset"
    ACCOUNT_ADDRESS = "account.address"
    ACCOUNT_PASSWORD_CHANGED = "account.password_changed"  # noqa: S105
    ACCOUNT_ADDRESS_CHANGED = "account.address_changed"
    ACCOUNT_LOCKED = "account.locked"
    ACCOUNT_SECOND_FACTOR = "account.second_factor"
    ORGANISATION_INVITATION = "organisation.invitation"
    ORGANISATION_REQUEST_DECIDED = "organisation.request_decided"
    KEY_EXPIRING = "key.expiring"
    WEBHOOK_DISABLED = "webhook.disabled"
    SEARCH_CONFIRM = "search.confirm"
    REVIEW_DECIDED = "review.decided"
    INTRODUCTION_REQUESTED = "introduction.requested"
    INTRODUCTION_STATE_CHANGED = "introduction.state_changed"
    INTRODUCTION_REMINDER = "introduction.reminder"
    DIGEST = "digest"


class MailingList(StrEnum):
    """What somebody can have no more of with one click."""

    DIGEST = "digest"
    INTRODUCTIONS = "introductions"
    REVIEWS = "reviews"


# A kind without a list is transactional: it answers what its reader did, or guards an account.
LIST_OF: Mapping[Kind, MailingList] = {
    Kind.DIGEST: MailingList.DIGEST,
    Kind.INTRODUCTION_REQUESTED: MailingList.INTRODUCTIONS,
    Kind.INTRODUCTION_STATE_CHANGED: MailingList.INTRODUCTIONS,
    Kind.INTRODUCTION_REMINDER: MailingList.INTRODUCTIONS,
    Kind.REVIEW_DECIDED: MailingList.REVIEWS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as a use case writes it: it leaves if and only if the transaction commits.

    `facts` are what the text of the kind names. An address in them is the fact `path`, which
    begins with `/` and is completed by where the platform is reached. `key` is what the letter
    is about, of at most 200 characters: the same key never leads to a second letter to the same
    address. `person` is the account of who reads it, None for somebody without one.
    """

    kind: Kind
    to: str
    language: Language
    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    person: UUID | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be kept or told apart."""
        if not 0 < len(self.key) <= LONGEST_KEY:
            raise ValueError(f"the key of a letter has 1 to {LONGEST_KEY} characters")
        if not 0 < len(self.to) <= LONGEST_ADDRESS:
            raise ValueError(f"an address has 1 to {LONGEST_ADDRESS} characters")


class LetterState(StrEnum):
    """How far a letter has come."""

    WAITING = "waiting"
    # Claimed by a worker; nothing of it has been handed over.
    CLAIMED = "claimed"
    # Its text is being handed over: whoever dies here does not know whether it arrived.
    HANDING_OVER = "handing_over"
    SENT = "sent"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    SUPPRESSED = "suppressed"
    GIVEN_UP = "given_up"


# Nothing more will happen to a letter in one of these by itself.
SETTLED = frozenset(
    (
        LetterState.SENT,
        LetterState.UNKNOWN,
        LetterState.REFUSED,
        LetterState.SUPPRESSED,
        LetterState.GIVEN_UP,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLetter:
    """A letter with what became of it; `attempts` counts those that began."""

    id: UUID
    letter: Letter
    state: LetterState
    attempts: int
    created_at: datetime
    tried_at: datetime | None
    due_at: datetime | None
    reason: str | None
