"""Recognising callers by their token, with what was look_up remembered for a few seconds."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from aiff_gateway.credentials.application.ports import CredentialLookup, OpenCredentials
from aiff_gateway.credentials.domain.credentials import (
    Credential,
    CredentialKind,
    is_token,
)
from aiff_gateway.credentials.domain.scopes import Rights, effective_scopes
from aiff_gateway.shared.tokens import digest_of
from aiff_kit.auth.principal import Principal, known_scopes
from aiff_kit.clock import Clock

# A revocation must act within 5 s everywhere, also in gateways that did not carry it out.
REMEMBERED_FOR = timedelta(seconds=4)
_MAX_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Identified:
    """A caller and the credential that was shown."""

    credential_id: UUID
    kind: CredentialKind
    digest: str
    principal: Principal


@dataclass(frozen=True, slots=True)
class _LookUp:
    identified: Identified | None
    credential: Credential | None
    checked_at: datetime


class Authenticator:
    """Turns a token into a caller. Safe to use from several threads."""

    def __init__(self, lookup: CredentialLookup, open_uow: OpenCredentials, clock: Clock) -> None:
        """Keep how credentials are found and how their use is noted."""
        self._lookup = lookup
        self._open_uow = open_uow
        self._clock = clock
        self._remembered: OrderedDict[str, _LookUp] = OrderedDict()
        self._lock = Lock()

    def remembered(self, token: str) -> tuple[bool, Identified | None]:
        """Return whether the token was looked up just now, and whom it names; no I/O."""
        look_up = self._remembered.get(digest_of(token))
        now = self._clock()
        if look_up is None or now - look_up.checked_at >= REMEMBERED_FOR:
            return False, None
        return True, _while_live(look_up, now)

    def identify(self, token: str) -> Identified | None:
        """Look a token up in the database; None where it opens nothing."""
        if not is_token(token):
            return None
        digest, now = digest_of(token), self._clock()
        look_up = self._find(digest, now)
        with self._lock:
            self._remembered[digest] = look_up
            self._remembered.move_to_end(digest)
            if len(self._remembered) > _MAX_REMEMBERED:
                self._remembered.popitem(last=False)
        return _while_live(look_up, now)

    def forget(self, digest: str) -> None:
        """Look a credential up again at its next use, because it was just revoked here."""
        with self._lock:
            self._remembered.pop(digest, None)

    def _find(self, digest: str, now: datetime) -> _LookUp:
        found = self._lookup(digest)
        if found is None or found.rights is None:
            return _LookUp(None, None, now)
        credential = found.credential
        if credential.is_live(now) and credential.use_is_due(now):
            self._note_use(credential, now)
            credential = replace(credential, last_used_at=now)
        principal = _principal(credential, found.rights)
        caller = Identified(credential.id, credential.kind, digest, principal)
        return _LookUp(caller, credential, now)

    def _note_use(self, credential: Credential, now: datetime) -> None:
        with self._open_uow() as uow:
            uow.credentials.note_use(credential.id, now)
            uow.commit()


def _principal(credential: Credential, rights: Rights) -> Principal:
    scopes = known_scopes(effective_scopes(credential, rights.scopes))
    return Principal(str(credential.subject), rights.organisation, scopes, rights.acting_for)


def _while_live(look_up: _LookUp, now: datetime) -> Identified | None:
    live = look_up.credential is not None and look_up.credential.is_live(now)
    return look_up.identified if live else None
