"""What somebody changes of their own account: password, address, language.

What opens the account changes only shortly after a sign-in (or by a link to its address); then its
other sessions end and the one that is used goes on under a new token.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from aiff_gateway.accounts.application.finding import existing_account
from aiff_gateway.accounts.application.links import Asked, Links, person_of
from aiff_gateway.accounts.application.ports import Passwords
from aiff_gateway.accounts.domain.accounts import Account, normalised_email
from aiff_gateway.accounts.domain.errors import (
    AccountExistsError,
    LinkRefusedError,
)
from aiff_gateway.accounts.domain.links import LinkKind
from aiff_gateway.accounts.domain.passwords import checked_password
from aiff_gateway.audit.domain import Entry
from aiff_gateway.credentials.application.opening import SessionOpening
from aiff_gateway.credentials.application.ports import CredentialsUnitOfWork, OpenCredentials
from aiff_gateway.credentials.application.sign_in_waits import SignInWaits
from aiff_gateway.credentials.domain.credentials import IssuedCredential
from aiff_gateway.mail.domain.letters import Kind, Language, Letter
from aiff_kit.clock import Clock


@dataclass(frozen=True, slots=True)
class Rotated:
    """The session under its new token, and the digests of the tokens that open nothing now."""

    issued: IssuedCredential
    ended: Collection[str]


@dataclass(frozen=True, slots=True)
class CompleteReset:
    """Somebody has followed a link, chooses a password, and is at a network address."""

    token: str
    password: str
    address: str


@dataclass(frozen=True, slots=True)
class OwnAccountParts:
    """What changes of an account work with."""

    passwords: Passwords
    links: Links
    opening: SessionOpening
    waits: SignInWaits


class OwnAccounts:
    """Changes accounts for the people whose they are."""

    def __init__(self, open_uow: OpenCredentials, parts: OwnAccountParts, clock: Clock) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._parts = parts
        self._clock = clock

    def of(self, person: UUID) -> Account:
        """Return a person's account."""
        with self._open_uow() as uow:
            return existing_account(uow.accounts, person)

    def speak(self, person: UUID, language: Language) -> Account:
        """Change the language of the letters that somebody gets."""
        with self._open_uow() as uow:
            account = replace(existing_account(uow.accounts, person), language=language)
            uow.accounts.change(account)
            uow.commit()
        return account

    def change_password(self, session_id: UUID, password: str) -> Rotated:
        """Change the password; FreshSignInNeededError or WeakPasswordError."""
        with self._open_uow() as uow:
            session = self._parts.opening.fresh(uow, session_id)
            account = existing_account(uow.accounts, session.subject)
        password_hash = self._hash(password, account)
        with self._open_uow() as uow:
            session = self._parts.opening.fresh(uow, session_id)
            account = existing_account(uow.accounts, session.subject)
            account = replace(account, password_hash=password_hash)
            uow.accounts.change(account)
            uow.links.forget(account.id)
            ended = self._parts.opening.end(uow, account.id, keep=session_id)
            issued = self._parts.opening.rotate(uow, session)
            self._tell(uow, account, "account.password_changed", session.address)
            uow.commit()
        return Rotated(issued, [*ended, session.digest])

    def ask_for_reset(self, email: str, language: Language) -> None:
        """Send a link to whoever has an account under an address; nothing is ever told."""
        wanted = normalised_email(email)
        with self._open_uow() as uow:
            account = uow.accounts.by_email(wanted)
            spoken = account.language if account else language
            self._parts.links.send(uow, Asked(LinkKind.RESET, wanted, spoken, account))
            uow.commit()

    def complete_reset(self, command: CompleteReset) -> Collection[str]:
        """Change the password of whoever followed a link, and end all their sessions.

        LinkRefusedError or WeakPasswordError. A second factor stays: a letter is not one.
        Returns the digests of the tokens that open nothing now.
        """
        links = self._parts.links
        with self._open_uow() as uow:
            link = links.read(uow, LinkKind.RESET, command.token)
            account = existing_account(uow.accounts, person_of(link))
        password_hash = self._hash(command.password, account)
        with self._open_uow() as uow:
            links.follow(uow, link)
            account = existing_account(uow.accounts, account.id)
            account = replace(account, password_hash=password_hash)
            uow.accounts.change(account)
            uow.links.forget(account.id)
            self._parts.waits.forgive(uow, account.email, command.address)
            ended = self._parts.opening.end(uow, account.id)
            self._tell(uow, account, "account.password_changed", command.address)
            uow.commit()
        return ended

    def ask_for_address(self, session_id: UUID, email: str) -> None:
        """Send a link to the address that an account is to have; FreshSignInNeededError.

        That somebody else has it is told to them alone.
        """
        wanted = normalised_email(email)
        with self._open_uow() as uow:
            session = self._parts.opening.fresh(uow, session_id)
            account = existing_account(uow.accounts, session.subject)
            taken = uow.accounts.by_email(wanted)
            if taken is None:
                asked = Asked(LinkKind.ADDRESS, wanted, account.language, account)
                self._parts.links.send(uow, asked)
            else:
                self._parts.links.tell_that_it_exists(uow, taken, LinkKind.ADDRESS)
            uow.commit()

    def complete_address(self, token: str, address: str) -> None:
        """Give an account the address whose letters somebody reads; both addresses are told."""
        with self._open_uow() as uow:
            link = self._parts.links.read(uow, LinkKind.ADDRESS, token)
            self._parts.links.follow(uow, link)
            before = existing_account(uow.accounts, person_of(link))
            after = replace(before, email=link.email)
            try:
                uow.accounts.change(after)
            except AccountExistsError as error:
                message = "there is an account with this address by now"
                raise LinkRefusedError(message) from error
            uow.links.forget(after.id)
            for told in (before, after):
                self._write(uow, told, Kind.ACCOUNT_ADDRESS_CHANGED)
            uow.audit.add(self._entry(after, "account.address_changed", address))
            uow.commit()

    def _hash(self, password: str, account: Account) -> str:
        passwords = self._parts.passwords
        return passwords.hash(checked_password(password, passwords.is_common, account.email))

    def _tell(
        self, uow: CredentialsUnitOfWork, account: Account, kind: str, address: str | None
    ) -> None:
        """Tell the holder of an account that its password changed, and note it."""
        self._write(uow, account, Kind.ACCOUNT_PASSWORD_CHANGED)
        uow.audit.add(self._entry(account, kind, address))

    def _write(self, uow: CredentialsUnitOfWork, account: Account, kind: Kind) -> None:
        uow.letters.add(
            Letter(
                kind=kind,
                to=account.email,
                language=account.language,
                key=f"{kind.value}:{account.id}:{_instant(self._clock())}",
                facts={"path": f"/{account.language}/account"},
                person=account.id,
            )
        )

    def _entry(self, account: Account, kind: str, address: str | None) -> Entry:
        person = str(account.id)
        return Entry(kind=kind, at=self._clock(), actor=person, subject=person, address=address)


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
