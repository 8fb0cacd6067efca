"""Consent to be found by partners, and who has seen a start-up since."""

from collections.abc import Callable, Sequence

from aiff_contracts.codec import Faults
from aiff_kit.clock import Clock
from aiff_matching.introductions.application.introductions import Owner
from aiff_matching.introductions.domain.consent import Consent
from aiff_matching.partners.application.ports import OpenPartnersWork
from aiff_matching.partners.domain.discoverability import (
    FOUND_WORDING,
    Discoverability,
    View,
    faults_of_found_fields,
)
from aiff_matching.shared.errors import WordingOutdatedError
from aiff_matching.shared.versions import Target


class DiscoverabilityCommands:
    """The use cases of the start-up that lets itself be found."""

    def __init__(self, unit_of_work: OpenPartnersWork, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = unit_of_work
        self._clock = clock

    def get(self, target: Target) -> Discoverability:
        """Return the consents of the tenant's start-up, or raise StartUpNotFoundError."""
        with self._open() as uow:
            uow.startups.get(target.id, target.tenant)
            return uow.discoverability.of(target.id, target.tenant)

    def consent(
        self, target: Target, fields: tuple[str, ...], wording: str, owner: Owner
    ) -> Discoverability:
        """Let partners find the start-up and see these fields from now on.

        Raises Faults for an unknown field, and WordingOutdatedError.
        """
        if faults := faults_of_found_fields(fields):
            raise Faults(faults)
        if wording != FOUND_WORDING.version:
            raise WordingOutdatedError(FOUND_WORDING.version)
        names = tuple(dict.fromkeys(fields))
        given = Consent(
            fields=names, wording=wording, given_by=owner.subject, given_at=self._clock()
        )
        return self._change(target, lambda current: current.consenting(given))

    def withdraw(self, target: Target, owner: Owner) -> Discoverability:
        """Let nobody find the start-up any more."""
        now = self._clock()
        return self._change(target, lambda item: item.without_consent(owner.subject, now))

    def views(self, target: Target) -> Sequence[View]:
        """Return which organisations saw the start-up, the last one first."""
        with self._open() as uow:
            uow.startups.get(target.id, target.tenant)
            return uow.discoverability.views(target.id)

    def _change(
        self, target: Target, change: Callable[[Discoverability], Discoverability]
    ) -> Discoverability:
        with self._open() as uow:
            uow.startups.get(target.id, target.tenant)
            changed = change(uow.discoverability.of(target.id, target.tenant))
            uow.discoverability.save(changed)
            uow.commit()
        return changed
