"""What mail needs from the outside, in plain values."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiff_gateway.mail.domain.letters import Letter, LetterState, MailingList, StoredLetter
from aiff_gateway.mail.domain.outcomes import Outcome
from aiff_gateway.shared.ports import UnitOfWork


class Letters(Protocol):
    """Where use cases leave letters, inside their transaction."""

    def add(self, letter: Letter) -> bool:
        """Keep a letter; tell whether it is new, or was written to this address before."""


class LettersWork(UnitOfWork, Protocol):
    """A transaction in which letters are written."""

    @property
    def letters(self) -> Letters:
        """The letters."""


class LetterQueue(Letters, Protocol):
    """The letters as the worker and their readers see them."""

    def due(self, now: datetime, most: int) -> Sequence[UUID]:
        """Return those to be sent now, the oldest first."""

    def claim(self, letter_id: UUID, now: datetime) -> StoredLetter | None:
        """Take one that is due and count the attempt; None where another worker has it."""

    def note(
        self,
        letter_id: UUID,
        state: LetterState,
        reason: str | None = None,
        due_at: datetime | None = None,
    ) -> None:
        """Store how far a letter has come; what is settled loses its facts."""

    def left_behind(self, before: datetime) -> Mapping[UUID, LetterState]:
        """Return those that a worker took before an instant and never settled."""

    def of(self, person: UUID, before: UUID | None, most: int) -> Sequence[StoredLetter]:
        """Return a person's letters, newest first, those older than `before`."""

    def get(self, letter_id: UUID) -> StoredLetter | None:
        """Return a letter by its id."""

    def forget(self, address: str) -> Sequence[UUID]:
        """Delete every letter to an address; return which."""


class Stops(Protocol):
    """Addresses, as digests, that get no more of a list, or nothing (None)."""

    def add(
        self, address_digest: str, mailing_list: MailingList | None, reason: str, at: datetime
    ) -> None:
        """Send no more of it."""

    def remove(self, address_digest: str, mailing_list: MailingList | None) -> None:
        """Send it again."""

    def of(self, address_digest: str) -> Mapping[MailingList | None, datetime]:
        """Return what is not sent there, and since when."""


class MailWork(UnitOfWork, Protocol):
    """A transaction on letters and on who wants none."""

    @property
    def letters(self) -> LetterQueue:
        """The letters."""

    @property
    def mail_stops(self) -> Stops:
        """Who gets no more of what."""


OpenMailWork = Callable[[], MailWork]


@dataclass(frozen=True, slots=True)
class Written:
    """A letter's text in both forms."""

    subject: str
    text: str
    html: str


class Texts(Protocol):
    """Writes letters in their language."""

    def write(self, letter: Letter, unsubscribe: str | None) -> Written:
        """Return the text; LookupError or ValueError where a fact of it is missing."""


@dataclass(frozen=True, slots=True)
class Message:
    """A letter ready to be carried: its envelope and its bytes (RFC 5322)."""

    letter_id: UUID
    sender: str
    recipient: str
    content: bytes


class Carriage(Protocol):
    """A connection over which letters are carried one by one."""

    def carry(self, message: Message, handing_over: Callable[[], None]) -> Outcome:
        """Carry a message; calls `handing_over` before anything of its content leaves.

        CarrierAwayError where the connection is lost before that.
        """


class Carrier(Protocol):
    """Takes letters to where they are read.

    `repeatable` says that carrying the same message twice leaves one.
    """

    repeatable: bool

    def open(self) -> AbstractContextManager[Carriage]:
        """Connect; CarrierAwayError where that fails."""

    def forget(self, letter_ids: Sequence[UUID]) -> None:
        """Delete what is still kept of letters that were carried."""


# The address of a person's account, None where there is none (any more).
AddressOf = Callable[[UUID], str | None]
