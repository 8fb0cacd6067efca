"""Dossiers: answered from the programmes' files and the catalogue in memory; nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from aiff_contracts.offer import IntakeStatus, Moment
from aiff_contracts.offer.intake import next_deadline, next_opening
from aiff_kit.clock import Clock
from aiff_matching.dossiers.domain.filling import ApplicationDossier, fill
from aiff_matching.dossiers.domain.programme import Programme
from aiff_matching.offers.application.ports import LiveCatalogue
from aiff_matching.offers.domain.catalogue import Candidate, Catalogue
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.errors import NoDossierError


@dataclass(frozen=True, slots=True)
class ProgrammeOpening:
    """A listed offer that leads to a programme, and when applications are taken."""

    candidate: Candidate
    status: IntakeStatus
    deadline: Moment | None
    opens: Moment | None


@dataclass(frozen=True, slots=True)
class ListedProgramme:
    """A programme that has a dossier, with its offers that are published now."""

    programme: Programme
    openings: tuple[ProgrammeOpening, ...]


class DossierQueries:
    """Fills the dossiers of programmes; nothing is stored."""

    def __init__(
        self, programmes: Mapping[str, Programme], catalogue: LiveCatalogue, clock: Clock
    ) -> None:
        """Keep the programmes by slug, the catalogue and the clock."""
        self._programmes = programmes
        self._of_offers = {
            offer: one for one in programmes.values() for offer in one.offers
        } | dict(programmes)
        self._catalogue = catalogue
        self._clock = clock

    def programmes(self) -> tuple[ListedProgramme, ...]:
        """Return every programme that has a dossier, by slug."""
        return tuple(self.listed(self._programmes[slug]) for slug in sorted(self._programmes))

    def listed(self, programme: Programme) -> ListedProgramme:
        """Return a programme with what the catalogue says of its offers now."""
        catalogue, now = self._catalogue.current(), self._clock()
        openings = (_opening(catalogue, offer, now) for offer in programme.offers)
        return ListedProgramme(programme, tuple(one for one in openings if one))

    def fill(self, reference: str, profile: Profile, need: Need) -> ApplicationDossier:
        """Return the dossier of a programme, or of the one to which an offer leads.

        Raises NoDossierError where there is none.
        """
        programme = self._of_offers.get(reference)
        if programme is None:
            raise NoDossierError(reference, sorted(self._of_offers))
        return fill(programme, profile, need)


def _opening(catalogue: Catalogue, offer: str, now: datetime) -> ProgrammeOpening | None:
    candidate = catalogue.find(offer)
    if candidate is None:
        return None
    gate = candidate.gate
    deadline, opens = next_deadline(gate.intake, now), next_opening(gate.intake, now)
    return ProgrammeOpening(candidate, gate.status(now), deadline, opens)
