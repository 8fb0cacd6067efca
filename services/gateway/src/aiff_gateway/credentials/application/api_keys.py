"""Keys for programs: made, listed, rotated and revoked by the people of an organisation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from aiff_gateway.accounts.application.finding import existing_account
from aiff_gateway.audit.domain import Entry
from aiff_gateway.credentials.application.ports import CredentialsUnitOfWork, OpenCredentials
from aiff_gateway.credentials.domain.credentials import (
    LONGEST_OVERLAP,
    MAX_KEYS_IN_ROTATION,
    MAX_LIVE_KEYS,
    USUAL_OVERLAP,
    Credential,
    CredentialKind,
    IssuedCredential,
    is_token,
    issue,
)
from aiff_gateway.credentials.domain.errors import (
    CredentialNotFoundError,
    ExpiryInThePastError,
    KeyEndedError,
    NotActingForError,
    TooManyKeysError,
)
from aiff_gateway.credentials.domain.scopes import TEAMS_MANAGE, Rights, key_scopes
from aiff_gateway.shared.tokens import digest_of
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id

_LONGEST_FACT = 300


@dataclass(frozen=True, slots=True)
class KeyManager:
    """A person who manages keys: their own, and in an organisation that they administer all."""

    person: UUID
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class CreateKey:
    """Somebody wants a key with some of their scopes, for ever or until an instant."""

    manager: KeyManager
    name: str
    scopes: tuple[str, ...]
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RotateKey:
    """A key gets a successor and ends after an overlap, in which both work.

    `expires_at` is the successor's end; without one it lives as long as the key was made for.
    """

    manager: KeyManager
    key_id: UUID
    overlap: timedelta = USUAL_OVERLAP
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RotatedKey:
    """A key's successor, and the key with the time of its end."""

    issued: IssuedCredential
    ending: Credential


class ApiKeys:
    """The keys of organisations, and of people who act for nobody else."""

    def __init__(self, open_uow: OpenCredentials, clock: Clock) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._clock = clock

    def create(self, command: CreateKey) -> IssuedCredential:
        """Make a key that acts where its maker acts, with no more than the maker may do there.

        Raises ScopesNotHeldError, ExpiryInThePastError, TooManyKeysError, NotActingForError or,
        where the account is gone, AccountNotFoundError.
        """
        with self._open_uow() as uow:
            held = _rights(uow, command.manager).scopes
            issued = self._new_key(command, key_scopes(command.scopes, held))
            self._check_count(uow, command.manager, MAX_LIVE_KEYS)
            uow.credentials.add(issued.credential)
            uow.audit.add(self._entry("key.made", command.manager.person, issued.credential))
            uow.commit()
        return issued

    def rotate(self, command: RotateKey) -> RotatedKey:
        """Replace a key; its successor acts for whoever rotates it.

        Raises CredentialNotFoundError, KeyEndedError, ExpiryInThePastError, TooManyKeysError,
        and ScopesNotHeldError where whoever rotates it holds less than the key.
        """
        now = self._clock()
        with self._open_uow() as uow:
            key = self._managed(uow, command.manager, command.key_id)
            held = _rights(uow, command.manager).scopes
            if not key.is_live(now):
                message = "this key has ended; make a new one"
                raise KeyEndedError(message)
            self._check_count(uow, command.manager, MAX_KEYS_IN_ROTATION)
            rotated = self._rotated(command, replace(key, scopes=key_scopes(key.scopes, held)), now)
            uow.credentials.add(rotated.issued.credential)
            uow.credentials.retime(rotated.ending)
            uow.audit.add(self._entry("key.rotated", command.manager.person, rotated.ending))
            uow.commit()
        return rotated

    def of(self, manager: KeyManager) -> Sequence[Credential]:
        """Return the keys that somebody manages, newest first, revoked ones included."""
        with self._open_uow() as uow:
            return _managed_keys(uow, manager)

    def end_leaked(self, token: str) -> Credential:
        """Revoke the credential of a token that was found somewhere, and return it.

        Raises CredentialNotFoundError where there is none.
        """
        with self._open_uow() as uow:
            found = uow.credentials.by_digest(digest_of(token)) if is_token(token) else None
            if found is None:
                message = "this is no token of ours"
                raise CredentialNotFoundError(message)
            revoked = found.revoked(self._clock())
            uow.credentials.revoke(revoked)
            uow.audit.add(self._entry("key.leaked", None, revoked))
            uow.commit()
        return revoked

    def revoke(self, manager: KeyManager, key_id: UUID) -> Credential:
        """Revoke a key and return it.

        A key that the caller does not manage does not exist for them: CredentialNotFoundError.
        """
        with self._open_uow() as uow:
            revoked = self._managed(uow, manager, key_id).revoked(self._clock())
            uow.credentials.revoke(revoked)
            uow.audit.add(self._entry("key.revoked", manager.person, revoked))
            uow.commit()
        return revoked

    def _new_key(self, command: CreateKey, scopes: frozenset[str]) -> IssuedCredential:
        issued, now = issue(CredentialKind.API_KEY), self._clock()
        credential = Credential(
            id=new_id(),
            kind=CredentialKind.API_KEY,
            name=command.name,
            prefix=issued.prefix,
            digest=issued.digest,
            subject=command.manager.person,
            organisation=command.manager.organisation,
            scopes=scopes,
            created_at=now,
            expires_at=_to_come(command.expires_at, now),
        )
        return IssuedCredential(credential, issued.token)

    def _rotated(self, command: RotateKey, key: Credential, now: datetime) -> RotatedKey:
        lifetime = None if key.expires_at is None else now + (key.expires_at - key.created_at)
        token = issue(CredentialKind.API_KEY)
        successor = replace(
            key.replaced(token, now, new_id()),
            subject=command.manager.person,
            expires_at=_to_come(command.expires_at, now) or lifetime,
        )
        ending = key.ending(now + min(command.overlap, LONGEST_OVERLAP))
        return RotatedKey(IssuedCredential(successor, token.token), ending)

    def _entry(self, kind: str, by: UUID | None, key: Credential) -> Entry:
        return Entry(
            kind=kind,
            at=self._clock(),
            actor=None if by is None else str(by),
            subject=str(key.id),
            organisation=key.organisation,
            facts={"prefix": key.prefix, "scopes": " ".join(sorted(key.scopes))[:_LONGEST_FACT]},
        )

    def _managed(self, uow: CredentialsUnitOfWork, manager: KeyManager, key_id: UUID) -> Credential:
        key = uow.credentials.get(key_id)
        if key is None or key not in _managed_keys(uow, manager):
            message = "you manage no key with this id"
            raise CredentialNotFoundError(message)
        return key

    def _check_count(self, uow: CredentialsUnitOfWork, manager: KeyManager, most: int) -> None:
        now = self._clock()
        if sum(key.is_live(now) for key in _keys_beside(uow, manager)) >= most:
            message = f"there are at most {MAX_LIVE_KEYS} live keys; revoke one first"
            raise TooManyKeysError(message)


def _rights(uow: CredentialsUnitOfWork, manager: KeyManager) -> Rights:
    account = existing_account(uow.accounts, manager.person)
    rights = uow.standings.rights(account, manager.organisation)
    if rights is None or rights.acting_for is not None:
        message = f"you do not belong to {manager.organisation}"
        raise NotActingForError(message)
    return rights


def _managed_keys(uow: CredentialsUnitOfWork, manager: KeyManager) -> Sequence[Credential]:
    keys = _keys_beside(uow, manager)
    if manager.organisation is not None and TEAMS_MANAGE in _rights(uow, manager).scopes:
        return keys
    return [key for key in keys if key.subject == manager.person]


def _keys_beside(uow: CredentialsUnitOfWork, manager: KeyManager) -> Sequence[Credential]:
    """Return the keys that act where somebody acts: their organisation's, or their own."""
    if manager.organisation is not None:
        return uow.credentials.keys_of(manager.organisation)
    own = uow.credentials.of(manager.person, CredentialKind.API_KEY)
    return [key for key in own if key.organisation is None]


def _to_come(instant: datetime | None, now: datetime) -> datetime | None:
    if instant is not None and instant <= now:
        message = "expires_at is in the past"
        raise ExpiryInThePastError(message)
    return instant
