"""The worker's step that carries letters: none is lost, and none is sent twice."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from aiff_gateway.mail.application.composing import Composing
from aiff_gateway.mail.application.ports import (
    Carriage,
    Carrier,
    MailWork,
    Message,
    OpenMailWork,
)
from aiff_gateway.mail.domain.errors import CarrierAwayError
from aiff_gateway.mail.domain.letters import LIST_OF, LetterState, MailingList, StoredLetter
from aiff_gateway.mail.domain.outcomes import (
    Outcome,
    Passing,
    Refused,
    Sent,
    Unknown,
    wait_after,
)
from aiff_gateway.mail.domain.tokens import MailSecrets
from aiff_kit.clock import Clock

# All waits of one letter together are shorter: whoever took it before that is gone.
LEFT_BEHIND_AFTER = timedelta(minutes=5)
# An address that was refused for good may belong to somebody later.
SUPPRESSED_FOR = timedelta(days=90)
BOUNCED = "bounced"
_AT_ONCE = 50

_log = structlog.get_logger(__name__)


class MailSending:
    """Carries what is due, one letter at a time, each noted before its text leaves."""

    def __init__(
        self,
        open_uow: OpenMailWork,
        carrier: Carrier,
        composing: Composing,
        secrets: MailSecrets,
        clock: Clock,
    ) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._carrier = carrier
        self._composing = composing
        self._secrets = secrets
        self._clock = clock

    def step(self) -> int:
        """Settle what was left behind, then carry what is due; return how many were settled.

        Raises CarrierAwayError where nothing can be carried: the letters wait, none is counted
        as refused.
        """
        with self._open_uow() as uow:
            settled = self._take_up(uow)
            due = uow.letters.due(self._clock(), _AT_ONCE)
            uow.commit()
        if due:
            with self._carrier.open() as carriage:
                settled += sum(self._send(carriage, letter_id) for letter_id in due)
        return settled

    def _take_up(self, uow: MailWork) -> int:
        """Go on with letters whose worker ended.

        Of one that was only claimed nothing left, it is carried again. One that was being handed
        over may have arrived: it is carried again only where that leaves one.
        """
        left: Mapping[UUID, LetterState] = uow.letters.left_behind(
            self._clock() - LEFT_BEHIND_AFTER
        )
        for letter_id, state in left.items():
            again = state is LetterState.CLAIMED or self._carrier.repeatable
            reason = None if again else "the sender ended while the letter was handed over"
            uow.letters.note(
                letter_id, LetterState.WAITING if again else LetterState.UNKNOWN, reason
            )
        return len(left)

    def _send(self, carriage: Carriage, letter_id: UUID) -> int:
        stored = self._claimed(letter_id)
        message = self._written(stored) if stored else None
        if stored is None or message is None:
            return 0
        try:
            outcome = carriage.carry(message, lambda: self._hand_over(letter_id))
        except CarrierAwayError:
            self._settle(stored, Passing("the mail server went away"))
            raise
        self._settle(stored, outcome)
        return 1

    def _claimed(self, letter_id: UUID) -> StoredLetter | None:
        """Take a letter, unless another worker has it or its reader wants none."""
        now = self._clock()
        with self._open_uow() as uow:
            stored = uow.letters.claim(letter_id, now)
            stopped = stored and self._stopped(uow, stored, now)
            if stopped:
                uow.letters.note(letter_id, LetterState.SUPPRESSED, stopped)
            uow.commit()
        return None if stopped else stored

    def _stopped(self, uow: MailWork, stored: StoredLetter, now: datetime) -> str | None:
        stops = uow.mail_stops.of(self._secrets.digest(stored.letter.to))
        mailing_list: MailingList | None = LIST_OF.get(stored.letter.kind)
        if mailing_list in stops and mailing_list is not None:
            return f"unsubscribed from {mailing_list}"
        since = stops.get(None)
        return BOUNCED if since and now - since < SUPPRESSED_FOR else None

    def _written(self, stored: StoredLetter) -> Message | None:
        """Write the message; a letter that cannot be written holds up none of the others."""
        try:
            return self._composing.message(stored)
        except (LookupError, ValueError) as error:
            kind = stored.letter.kind
            _log.exception("letter cannot be written", letter=str(stored.id), kind=kind)
            self._settle(stored, Refused(f"unwritable: {type(error).__name__}", nobody_there=False))
            return None

    def _hand_over(self, letter_id: UUID) -> None:
        with self._open_uow() as uow:
            uow.letters.note(letter_id, LetterState.HANDING_OVER)
            uow.commit()

    def _settle(self, stored: StoredLetter, outcome: Outcome) -> None:
        now = self._clock()
        with self._open_uow() as uow:
            match outcome:
                case Sent():
                    uow.letters.note(stored.id, LetterState.SENT)
                case Unknown(reason):
                    uow.letters.note(stored.id, LetterState.UNKNOWN, reason)
                case Refused(reason, nobody_there):
                    uow.letters.note(stored.id, LetterState.REFUSED, reason)
                    if nobody_there:
                        digest = self._secrets.digest(stored.letter.to)
                        uow.mail_stops.add(digest, None, BOUNCED, now)
                case Passing(reason):
                    wait = wait_after(stored.attempts)
                    state = LetterState.WAITING if wait else LetterState.GIVEN_UP
                    uow.letters.note(stored.id, state, reason, now + wait if wait else None)
            uow.commit()
