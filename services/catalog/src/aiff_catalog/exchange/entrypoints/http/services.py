"""What the routes of the exchange work with."""

from dataclasses import dataclass
from typing import Annotated

from aiff_catalog.exchange.application.exports import Exports
from aiff_catalog.exchange.application.ports import ExchangeReads, Feeds
from aiff_catalog.shared.http.services import provided
from aiff_kit.clock import Clock
from aiff_kit.http import Admission, CursorSigner


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeServices:
    """The reads and writers behind dumps, changes and feeds."""

    reads: ExchangeReads
    exports: Exports
    feeds: Feeds
    dumps: Admission
    cursors: CursorSigner
    clock: Clock


Exchange = Annotated[ExchangeServices, provided(ExchangeServices)]
