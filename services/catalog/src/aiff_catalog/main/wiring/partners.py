"""What partners' systems write."""

from functools import partial

from aiff_catalog.main.wiring.base import Base
from aiff_catalog.partners.application.writes import PartnerWrites
from aiff_kit.db import rehearsal


def wire_partners(base: Base) -> PartnerWrites:
    """Return the use cases of partners."""
    return PartnerWrites(base.open, base.clock, partial(rehearsal, base.engine))
