"""What partners look for, which start-ups let themselves be found, and who has seen them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select, update

from aiff_contracts.codec import dump_json, parse_json
from aiff_contracts.sparing import spared
from aiff_kit.db import upsert
from aiff_matching.introductions.domain.dossiers import Applicant
from aiff_matching.partners.domain.discoverability import Discoverability, View
from aiff_matching.partners.domain.finding import Findable
from aiff_matching.partners.domain.searches import PartnerSearch, StoredSearch
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.errors import SearchNotFoundError, StaleVersionError
from aiff_matching.shared.tables import (
    discoverability,
    need,
    partner_search,
    startup,
    startup_view,
)


class SqlSearches:
    """Searches in their table."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def get(self, search_id: UUID, organisation: str) -> StoredSearch:
        """Return the organisation's search."""
        table = partner_search
        own = (table.c.id == search_id) & (table.c.organisation == organisation)
        row = self._connection.execute(select(table).where(own)).one_or_none()
        if row is None:
            raise SearchNotFoundError(search_id)
        return _search(row)

    def page(self, organisation: str, after: str, limit: int) -> Sequence[StoredSearch]:
        """Return the searches after an id."""
        table = partner_search
        own = (table.c.organisation == organisation) & (table.c.id > after)
        wanted = select(table).where(own).order_by(table.c.id).limit(limit)
        return [_search(row) for row in self._connection.execute(wanted)]

    def add(self, item: StoredSearch) -> None:
        """Insert a row."""
        fixed = {"id": item.id, "organisation": item.organisation, "created_at": item.created_at}
        self._connection.execute(partner_search.insert().values(**fixed, **_values(item)))

    def save(self, item: StoredSearch) -> None:
        """Update the row if it still has the version before."""
        table = partner_search
        same = (table.c.id == item.id) & (table.c.version == item.version - 1)
        changed = self._connection.execute(update(table).where(same).values(_values(item)))
        if changed.rowcount == 0:
            raise StaleVersionError(item.version)

    def remove(self, item: StoredSearch) -> None:
        """Delete the row."""
        self._connection.execute(delete(partner_search).where(partner_search.c.id == item.id))


class SqlDiscoverableStartUps:
    """Consents to be found and the log of views, in their tables."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def of(self, startup_id: UUID, tenant: str) -> Discoverability:
        """Read the row; no row is no consent."""
        wanted = select(discoverability.c.document).where(
            discoverability.c.startup_id == startup_id
        )
        raw = self._connection.execute(wanted).scalar_one_or_none()
        if raw is None:
            return Discoverability(startup_id=startup_id, tenant=tenant)
        return parse_json(Discoverability, raw)

    def save(self, item: Discoverability) -> None:
        """Insert or replace the row."""
        values = {"found": item.consent is not None, "document": dump_json(item)}
        statement = upsert(self._connection, discoverability)
        self._connection.execute(
            statement.values(startup_id=item.startup_id, **values).on_conflict_do_update(
                index_elements=[discoverability.c.startup_id], set_=values
            )
        )

    def findable(self) -> Sequence[Findable]:
        """Read consents, profiles and needs in one statement."""
        joined = discoverability.join(startup, startup.c.id == discoverability.c.startup_id)
        wanted = (
            select(discoverability.c.document, startup.c.profile, need.c.id, need.c.need)
            .select_from(joined.outerjoin(need, need.c.startup_id == startup.c.id))
            .where(discoverability.c.found)
            .order_by(startup.c.id, need.c.id)
        )
        rows = self._connection.execute(wanted)
        grouped = groupby(rows, key=lambda row: (row.document, row.profile))
        found = ((given, told, [*needs]) for (given, told), needs in grouped)
        return [one for each in found for one in _readable(*each)]

    def note_views(self, organisation: str, startups: Iterable[UUID], now: datetime) -> None:
        """Count one more view of each, in the order of their ids so that nobody waits in a ring."""
        statement = upsert(self._connection, startup_view)
        for startup_id in sorted(startups, key=str):
            new = {"organisation": organisation, "times": 1, "first_at": now, "last_at": now}
            self._connection.execute(
                statement.values(startup_id=startup_id, **new).on_conflict_do_update(
                    index_elements=[startup_view.c.startup_id, startup_view.c.organisation],
                    set_={"times": startup_view.c.times + 1, "last_at": now},
                )
            )

    def views(self, startup_id: UUID) -> Sequence[View]:
        """Return the rows of a start-up."""
        table = startup_view
        wanted = (
            select(table.c.organisation, table.c.times, table.c.first_at, table.c.last_at)
            .where(table.c.startup_id == startup_id)
            .order_by(table.c.last_at.desc(), table.c.organisation)
        )
        return [View(*row) for row in self._connection.execute(wanted)]


def hand_over_discoverability(connection: Connection, startup_id: UUID, tenant: str) -> None:
    """Give the consents of a start-up to another tenant."""
    store = SqlDiscoverableStartUps(connection)
    stored = connection.execute(
        select(discoverability.c.startup_id).where(discoverability.c.startup_id == startup_id)
    )
    if stored.first() is not None:
        store.save(replace(store.of(startup_id, tenant), tenant=tenant))


def forget_discoverability(connection: Connection, startup_id: UUID) -> None:
    """Delete the consents of a start-up and who has seen it."""
    connection.execute(delete(startup_view).where(startup_view.c.startup_id == startup_id))
    connection.execute(delete(discoverability).where(discoverability.c.startup_id == startup_id))


def _readable(consents: bytes, profile: bytes, needs: Sequence[Any]) -> Sequence[Findable]:
    nobody: Sequence[Findable] = ()
    return spared(
        "finding start-ups", "a start-up", lambda: [*_of(consents, profile, needs)], nobody
    )


def _of(consents: bytes, profile: bytes, needs: Sequence[Any]) -> Iterator[Findable]:
    """Yield a start-up's needs as those see them who know the consented fields alone."""
    given = parse_json(Discoverability, consents)
    fields = given.consent.fields if given.consent else ()
    shows_needs = any(name.startswith("need.") for name in fields)
    whole = parse_json(Profile, profile)
    for row in needs[: None if shows_needs else 1]:
        shown = row.id if shows_needs else None
        told = parse_json(Need, row.need) if shown else Need()
        yield Findable(given.startup_id, shown, Applicant(whole, told).redacted(fields), fields)


def _search(row: Row[Any]) -> StoredSearch:
    return StoredSearch(
        id=row.id,
        organisation=row.organisation,
        search=parse_json(PartnerSearch, row.search),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _values(item: StoredSearch) -> dict[str, Any]:
    return {
        "search": dump_json(item.search),
        "version": item.version,
        "updated_at": item.updated_at,
    }
