"""Keys for programs: made, listed and revoked by the account they act for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.accounts.domain.errors import AccountNotFoundError
from aiff_gateway.credentials.application.ports import CredentialsUnitOfWork, OpenCredentials
from aiff_gateway.credentials.application.sessions import IssuedCredential
from aiff_gateway.credentials.domain.credentials import (
    MAX_LIVE_KEYS,
    Credential,
    CredentialKind,
    issue,
)
from aiff_gateway.credentials.domain.errors import (
    CredentialNotFoundError,
    ExpiryInThePastError,
    TooManyKeysError,
)
from aiff_gateway.credentials.domain.scopes import key_scopes
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id


@dataclass(frozen=True, slots=True)
class CreateKey:
    """An account wants a key with some of its scopes, for ever or until an instant."""

    owner: UUID
    name: str
    scopes: tuple[str, ...]
    expires_at: datetime | None = None


class ApiKeys:
    """The keys of accounts."""

    def __init__(self, open_uow: OpenCredentials, clock: Clock) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._clock = clock

    def create(self, command: CreateKey) -> IssuedCredential:
        """Make a key.

        Raises ScopesNotHeldError, ExpiryInThePastError, TooManyKeysError or, where the account
        is gone, AccountNotFoundError.
        """
        with self._open_uow() as uow:
            account = uow.accounts.get(command.owner)
            if account is None:
                message = "this account no longer exists"
                raise AccountNotFoundError(message)
            issued = self._new_key(command, account)
            self._check_count(uow, account)
            uow.credentials.add(issued.credential)
            uow.commit()
        return issued

    def of(self, owner: UUID) -> Sequence[Credential]:
        """Return an account's keys, newest first, revoked ones included."""
        with self._open_uow() as uow:
            return uow.credentials.of(owner, CredentialKind.API_KEY)

    def revoke(self, owner: UUID, key_id: UUID) -> Credential:
        """Revoke one of the owner's keys and return it.

        Somebody else's key does not exist for the caller: CredentialNotFoundError.
        """
        with self._open_uow() as uow:
            key = uow.credentials.get(key_id)
            if key is None or key.subject != owner or key.kind is not CredentialKind.API_KEY:
                message = "you have no key with this id"
                raise CredentialNotFoundError(message)
            revoked = key.revoked(self._clock())
            uow.credentials.revoke(revoked)
            uow.commit()
        return revoked

    def _new_key(self, command: CreateKey, account: Account) -> IssuedCredential:
        now = self._clock()
        if command.expires_at is not None and command.expires_at <= now:
            message = "expires_at is in the past"
            raise ExpiryInThePastError(message)
        issued = issue(CredentialKind.API_KEY)
        credential = Credential(
            id=new_id(),
            kind=CredentialKind.API_KEY,
            name=command.name,
            prefix=issued.prefix,
            digest=issued.digest,
            subject=account.id,
            organisation=account.organisation,
            scopes=key_scopes(command.scopes, account.scopes),
            created_at=now,
            expires_at=command.expires_at,
        )
        return IssuedCredential(credential, issued.token)

    def _check_count(self, uow: CredentialsUnitOfWork, account: Account) -> None:
        now = self._clock()
        keys = uow.credentials.of(account.id, CredentialKind.API_KEY)
        if sum(key.is_live(now) for key in keys) >= MAX_LIVE_KEYS:
            message = f"an account has at most {MAX_LIVE_KEYS} live keys; revoke one first"
            raise TooManyKeysError(message)
