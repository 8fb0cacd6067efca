"""Offers and organisations."""

from dataclasses import dataclass

from aiff_catalog.main.wiring.base import Base
from aiff_catalog.offers.adapters.reads import SqlOfferReads, SqlOrganisationReads
from aiff_catalog.offers.application.commands import OfferCommands, OrganisationCommands
from aiff_catalog.offers.application.comparing import OfferComparing
from aiff_catalog.offers.application.queries import OfferQueries


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferParts:
    """What writes offers and organisations, and what reads them."""

    commands: OfferCommands
    organisations: OrganisationCommands
    reads: SqlOfferReads
    queries: OfferQueries
    comparing: OfferComparing
    organisation_reads: SqlOrganisationReads


def wire_offers(base: Base) -> OfferParts:
    """Return the use cases of offers."""
    reads = SqlOfferReads(base.reader)
    return OfferParts(
        commands=OfferCommands(base.open, base.clock),
        organisations=OrganisationCommands(base.open, base.clock),
        reads=reads,
        queries=OfferQueries(reads),
        comparing=OfferComparing(reads),
        organisation_reads=SqlOrganisationReads(base.reader),
    )
