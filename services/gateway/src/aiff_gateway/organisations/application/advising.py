"""Advisers: who acts for an organisation within named rights, and how that ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from aiff_gateway.audit.domain import Entry
from aiff_gateway.organisations.application.ports import OpenOrganisations, OrganisationsUnitOfWork
from aiff_gateway.organisations.application.teams import held_organisation
from aiff_gateway.organisations.domain.errors import AdviserNotFoundError
from aiff_gateway.organisations.domain.rights import Adviser, checked_advice
from aiff_kit.clock import Clock


@dataclass(frozen=True, slots=True)
class NamedAdviser:
    """An adviser, as the organisation sees them."""

    adviser: Adviser
    email: str


@dataclass(frozen=True, slots=True)
class AdviserPlace:
    """Who (`by`) decides about a person who advises an organisation."""

    organisation: str
    person: UUID
    by: UUID


class Advising:
    """The advisers of organisations; they are invited like members."""

    def __init__(self, open_uow: OpenOrganisations, clock: Clock) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._clock = clock

    def of(self, organisation: str) -> Sequence[NamedAdviser]:
        """Return an organisation's advisers, longest first."""
        with self._open_uow() as uow:
            return [_named(uow, one) for one in uow.advisers.of(organisation)]

    def limit(self, place: AdviserPlace, scopes: Sequence[str]) -> NamedAdviser:
        """Give an adviser these rights in the place of theirs.

        Raises AdviserNotFoundError, and NotAdvisableError for rights that none can hold.
        """
        with self._open_uow() as uow:
            organisation = held_organisation(uow, place.organisation)
            wanted = checked_advice(scopes, organisation.kind)
            changed = replace(_adviser(uow, place), scopes=wanted, named_by=place.by)
            uow.advisers.put(changed)
            uow.audit.add(self._entry("adviser.limited", place, " ".join(sorted(wanted))))
            named = _named(uow, changed)
            uow.commit()
        return named

    def end(self, place: AdviserPlace) -> None:
        """Let a person act for the organisation no longer; AdviserNotFoundError."""
        with self._open_uow() as uow:
            _adviser(uow, place)
            uow.advisers.remove(place.organisation, place.person)
            uow.audit.add(self._entry("adviser.ended", place, ""))
            uow.commit()

    def _entry(self, kind: str, place: AdviserPlace, scopes: str) -> Entry:
        return Entry(
            kind=kind,
            at=self._clock(),
            actor=str(place.by),
            subject=str(place.person),
            organisation=place.organisation,
            facts={"scopes": scopes},
        )


def _adviser(uow: OrganisationsUnitOfWork, place: AdviserPlace) -> Adviser:
    held = uow.advisers.of(place.organisation)
    found = next((one for one in held if one.person == place.person), None)
    if found is None:
        message = "nobody with this id advises the organisation"
        raise AdviserNotFoundError(message)
    return found


def _named(uow: OrganisationsUnitOfWork, adviser: Adviser) -> NamedAdviser:
    account = uow.accounts.get(adviser.person)
    return NamedAdviser(adviser, "" if account is None else account.email)
