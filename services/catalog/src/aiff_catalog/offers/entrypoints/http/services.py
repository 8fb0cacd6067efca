"""What the routes of offers work with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from aiff_catalog.offers.application.commands import OfferCommands, OrganisationCommands
from aiff_catalog.offers.application.comparing import OfferComparing
from aiff_catalog.offers.application.ports import OfferReads, OrganisationReads, Representation
from aiff_catalog.offers.application.queries import OfferQueries
from aiff_catalog.shared.http.services import provided
from aiff_kit.clock import Clock
from aiff_kit.http import CursorSigner, IdempotencyStore


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferServices:
    """The use cases and reads behind offers and organisations."""

    reads: OfferReads
    queries: OfferQueries
    comparing: OfferComparing
    organisation_reads: OrganisationReads
    commands: OfferCommands
    organisations: OrganisationCommands
    representations: Mapping[str, Representation]
    schema_org: Representation
    cursors: CursorSigner
    idempotency: IdempotencyStore
    clock: Clock


Offers = Annotated[OfferServices, provided(OfferServices)]
