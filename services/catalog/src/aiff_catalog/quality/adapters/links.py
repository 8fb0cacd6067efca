"""What is known of addresses, inside a transaction; and who asks them."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import aiohttp
from sqlalchemy import Connection, Row, or_, select

from aiff_catalog.offers.adapters.rows import COLUMNS, readable_offers
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.quality.adapters.looks import look_past, note_look
from aiff_catalog.quality.domain.links import LinkOutcome, LinkSeen, outcome_of
from aiff_catalog.shared.tables import link, link_look, offer
from aiff_kit.db import upsert
from aiff_kit.outbound import (
    PUBLIC,
    Answer,
    Reach,
    RefusedAddressError,
    SafeClient,
    UnresolvedError,
)


class SqlLinks:
    """Reads and writes `link` and `link_look`."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def due(self, looked_before: datetime, limit: int) -> Sequence[Offer]:
        """Return listings that changed since their addresses were asked, or were not for long."""
        own, columns = link_look, [offer.c[name] for name in COLUMNS]
        joined = offer.outerjoin(own, own.c.offer_id == offer.c.id)
        old = or_(own.c.version.is_distinct_from(offer.c.version), own.c.looked_at <= looked_before)
        wanted = select(*columns).select_from(joined).where(old, offer.c.state != "archived")
        rows = self._connection.execute(wanted.order_by(offer.c.id).limit(limit))
        aside = partial(look_past, self._connection, link_look, looked_before)
        return readable_offers(map(dict, rows.mappings()), aside, "asking addresses")

    def note(self, offer: Offer, at: datetime) -> None:
        """Note that the addresses of a listing were asked in its version."""
        note_look(self._connection, link_look, offer.id, offer.version, at)

    def seen(self, urls: Collection[str]) -> Mapping[str, LinkSeen]:
        """Return what is known of those of the addresses that were ever asked."""
        rows = self._connection.execute(select(link).where(link.c.url.in_(urls)))
        return {row.url: _seen(row) for row in rows}

    def put(self, seen: LinkSeen) -> None:
        """Store or replace what is known of an address."""
        values = {name: getattr(seen, name) for name in LinkSeen.__slots__ if name != "url"}
        added = upsert(self._connection, link).values(url=seen.url, **values)
        keys = [link.c.url]
        self._connection.execute(added.on_conflict_do_update(index_elements=keys, set_=values))


class SafeLinkAsker:
    """Asks with HEAD, and with GET where a server does not answer that well."""

    def __init__(self, reach: Reach = PUBLIC) -> None:
        """Keep where requests may go."""
        self._client = SafeClient(reach)

    def ask(self, url: str) -> tuple[LinkOutcome, int | None]:
        """Return what an address led to; what is refused or has no name is gone to readers."""
        try:
            answer = asyncio.run(self._asked(url))
        except RefusedAddressError:
            return "gone", None
        except UnresolvedError as error:
            return ("unknown" if error.passing else "gone"), None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return "unknown", None
        return outcome_of(answer.status), answer.status

    async def _asked(self, url: str) -> Answer:
        answer = await self._client.ask("HEAD", url)
        if outcome_of(answer.status) == "alive":
            return answer
        return await self._client.ask("GET", url)


def _seen(row: Row[Any]) -> LinkSeen:
    return LinkSeen(**{name: getattr(row, name) for name in LinkSeen.__slots__})
