"""What the routes of partners' systems work with."""

from dataclasses import dataclass
from typing import Annotated

from aiff_catalog.partners.application.writes import PartnerWrites
from aiff_catalog.shared.http.services import provided
from aiff_kit.clock import Clock
from aiff_kit.http import CursorSigner, IdempotencyStore


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerServices:
    """The use cases behind what partners' systems write."""

    writes: PartnerWrites
    cursors: CursorSigner
    idempotency: IdempotencyStore
    clock: Clock


Partners = Annotated[PartnerServices, provided(PartnerServices)]
