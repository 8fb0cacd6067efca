"""What somebody was sent, what they want no more of, and what came back."""

from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from uuid import UUID

from aiff_gateway.mail.application.ports import AddressOf, Carrier, OpenMailWork
from aiff_gateway.mail.application.sending import BOUNCED
from aiff_gateway.mail.domain.letters import LetterState, MailingList, StoredLetter
from aiff_gateway.mail.domain.outcomes import Refused
from aiff_gateway.mail.domain.reports import returned_in
from aiff_gateway.mail.domain.tokens import MailSecrets, Unsubscription
from aiff_kit.clock import Clock

_UNSUBSCRIBED = "unsubscribed"


class SentMail:
    """A person's letters, newest first."""

    def __init__(self, open_uow: OpenMailWork) -> None:
        """Keep the port."""
        self._open_uow = open_uow

    def of(self, person: UUID, before: UUID | None, most: int) -> Sequence[StoredLetter]:
        """Return those older than the letter `before`, what waits included."""
        with self._open_uow() as uow:
            return uow.letters.of(person, before, most)


class MailingLists:
    """Which lists an address gets: all of them until it says otherwise."""

    def __init__(
        self, open_uow: OpenMailWork, address_of: AddressOf, secrets: MailSecrets, clock: Clock
    ) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._address_of = address_of
        self._secrets = secrets
        self._clock = clock

    def of(self, person: UUID) -> Mapping[MailingList, bool]:
        """Return which lists a person gets."""
        digest = self._digest(person)
        with self._open_uow() as uow:
            stopped = uow.mail_stops.of(digest)
        return {one: one not in stopped for one in MailingList}

    def choose(self, person: UUID, mailing_list: MailingList, *, wanted: bool) -> None:
        """Send a person a list again, or no more of it."""
        what = Unsubscription(self._digest(person), mailing_list)
        with self._open_uow() as uow:
            if wanted:
                uow.mail_stops.remove(what.address_digest, mailing_list)
            else:
                uow.mail_stops.add(what.address_digest, mailing_list, _UNSUBSCRIBED, self._clock())
            uow.commit()

    def named_by(self, token: str) -> tuple[MailingList, bool]:
        """Return the list of a letter's link and whether it is still sent."""
        what = self._secrets.read(token)
        with self._open_uow() as uow:
            stopped = uow.mail_stops.of(what.address_digest)
        return what.mailing_list, what.mailing_list not in stopped

    def unsubscribe(self, token: str) -> None:
        """Send no more of the list of a letter's link; the second time changes nothing."""
        what = self._secrets.read(token)
        with self._open_uow() as uow:
            uow.mail_stops.add(what.address_digest, what.mailing_list, _UNSUBSCRIBED, self._clock())
            uow.commit()

    def _digest(self, person: UUID) -> str:
        return self._secrets.digest(self._address_of(person) or str(person))


class ReturnedMail:
    """Takes delivery reports, and ends the suppression of an address."""

    def __init__(self, open_uow: OpenMailWork, secrets: MailSecrets, clock: Clock) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._secrets = secrets
        self._clock = clock

    def take(self, report: EmailMessage) -> int:
        """Settle the letters that a report says came back; return how many.

        A report counts only for a letter of ours that went to the address that it names: whoever
        knows an address cannot have its mail ended. Raises UnreadableReportError.
        """
        settled = 0
        with self._open_uow() as uow:
            for returned in returned_in(report):
                stored = uow.letters.get(returned.letter_id)
                ours = stored and stored.letter.to.casefold() == returned.address.casefold()
                if ours and isinstance(returned.outcome, Refused):
                    reason = f"came back: {returned.outcome.reason}"
                    uow.letters.note(returned.letter_id, LetterState.REFUSED, reason)
                    if returned.outcome.nobody_there:
                        digest = self._secrets.digest(returned.address)
                        uow.mail_stops.add(digest, None, BOUNCED, self._clock())
                    settled += 1
            uow.commit()
        return settled

    def lift(self, address: str) -> None:
        """Send to an address again that came back."""
        with self._open_uow() as uow:
            uow.mail_stops.remove(self._secrets.digest(address), None)
            uow.commit()


class MailErasure:
    """Removes every letter to an address, also from where it was carried."""

    def __init__(self, open_uow: OpenMailWork, carrier: Carrier) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._carrier = carrier

    def erase(self, address: str) -> int:
        """Delete them and return how many; what was asked not to be sent stays, as a digest."""
        with self._open_uow() as uow:
            gone = uow.letters.forget(address)
            self._carrier.forget(gone)
            uow.commit()
        return len(gone)
