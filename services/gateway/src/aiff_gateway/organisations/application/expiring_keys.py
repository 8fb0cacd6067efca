"""Telling people in time that a key of theirs ends."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from math import ceil

from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.credentials.domain.credentials import Credential
from aiff_gateway.mail.domain.letters import Fact, Kind, Letter
from aiff_gateway.organisations.application.ports import OpenOrganisations, OrganisationsUnitOfWork
from aiff_kit.clock import Clock

_TOLD_BEFORE = timedelta(days=14)
# Of a key that lives no longer than this, its maker knows the end.
_SHORT_LIFE = timedelta(days=30)
_LOOKED_EVERY = timedelta(hours=1)
_DAY = timedelta(days=1)


class ExpiringKeys:
    """A step of the worker: writes to the administrators of a key's organisation, once a key.

    A key of a person who acts for nobody else is told to that person.
    """

    def __init__(self, open_uow: OpenOrganisations, clock: Clock) -> None:
        """Keep the ports; the first look is due at once."""
        self._open_uow = open_uow
        self._clock = clock
        self._looked_at: datetime | None = None

    def step(self) -> int:
        """Return how many letters were written; between two looks an hour passes."""
        now = self._clock()
        if self._looked_at is not None and now - self._looked_at < _LOOKED_EVERY:
            return 0
        with self._open_uow() as uow:
            ending = uow.credentials.keys_ending(now, now + _TOLD_BEFORE)
            letters = [letter for key in ending for letter in _letters(uow, key, now)]
            written = sum(uow.letters.add(letter) for letter in letters)
            uow.commit()
        self._looked_at = now
        return written


def _letters(uow: OrganisationsUnitOfWork, key: Credential, now: datetime) -> Iterable[Letter]:
    ends = key.expires_at
    if ends is None or ends - key.created_at <= _SHORT_LIFE or _is_replaced(uow, key, now):
        return ()
    facts: Mapping[str, Fact] = {
        "name": key.name,
        "prefix": key.prefix,
        "days": ceil((ends - now) / _DAY),
    }
    return [
        Letter(
            kind=Kind.KEY_EXPIRING,
            to=reader.email,
            language=reader.language,
            key=f"key.expiring:{key.id}",
            person=reader.id,
            facts={**facts, "path": f"/{reader.language}/account"},
        )
        for reader in _readers(uow, key)
    ]


def _is_replaced(uow: OrganisationsUnitOfWork, key: Credential, now: datetime) -> bool:
    """Tell whether a newer key of the same name lives: a rotation keeps the name."""
    if key.organisation is None:
        beside = uow.credentials.of(key.subject, key.kind)
    else:
        beside = uow.credentials.keys_of(key.organisation)
    return any(
        one.name == key.name and one.created_at > key.created_at and one.is_live(now)
        for one in beside
    )


def _readers(uow: OrganisationsUnitOfWork, key: Credential) -> Iterable[Account]:
    people = [key.subject]
    if key.organisation is not None:
        members = uow.memberships.of(key.organisation)
        people = [one.person for one in members if one.administers]
    return (found for person in people if (found := uow.accounts.get(person)) is not None)
