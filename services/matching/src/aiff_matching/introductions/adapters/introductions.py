"""Requests for introductions and what their ratings add up to, in their tables."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, exists, or_, select, update
from sqlalchemy.exc import IntegrityError

from aiff_contracts.codec import dump_json, parse_json
from aiff_contracts.sparing import readable
from aiff_kit.db import upsert
from aiff_matching.introductions.domain.introductions import (
    HELPED,
    OPEN,
    REFUSED,
    WAITING,
    Action,
    Introduction,
)
from aiff_matching.introductions.domain.reminders import is_overdue, next_due
from aiff_matching.offers.domain.ratings import RatingSum
from aiff_matching.shared.errors import (
    AlreadyRequestedError,
    IntroductionNotFoundError,
    NeedNotFoundError,
    StaleVersionError,
)
from aiff_matching.shared.revisions import count_revision
from aiff_matching.shared.tables import (
    introduction,
    introduction_step,
    offer_rating,
)

_OTHER = introduction.alias("other")
# Another request of the same need that goes on or was answered: then the need is looked after.
_LOOKED_AFTER = exists().where(
    _OTHER.c.need_id == introduction.c.need_id,
    _OTHER.c.id != introduction.c.id,
    _OTHER.c.state.in_(sorted(OPEN | HELPED)),
)
_IN_TRAY = introduction.c.settled.is_(False) & or_(
    introduction.c.state.in_(sorted(REFUSED)) & ~_LOOKED_AFTER,
    introduction.c.state.in_(sorted(WAITING)) & introduction.c.overdue,
)
# What changes whom answers learn from: who was helped, and what of it may be known.
_LEARNT_FROM: frozenset[Action] = frozenset(
    (
        *("take_care", "decline", "withdraw", "finish_without_help", "report_unreachable"),
        *("give_consent", "withdraw_consent"),
    )
)


class SqlIntroductions:
    """Requests in their table, with one row for each step."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def of_tenant(self, introduction_id: UUID, tenant: str) -> Introduction:
        """Return the tenant's request."""
        return self._one(introduction_id, introduction.c.tenant == tenant)

    def of_provider(self, introduction_id: UUID, provider: str) -> Introduction:
        """Return a request to the provider."""
        return self._one(introduction_id, introduction.c.provider == provider)

    def unresolved(self, introduction_id: UUID) -> Introduction:
        """Return a request that is in the tray."""
        return self._one(introduction_id, _IN_TRAY)

    def page_of_tenant(self, tenant: str, after: str, limit: int) -> Sequence[Introduction]:
        """Return the tenant's requests after an id."""
        return self._page(introduction.c.tenant == tenant, after, limit)

    def page_of_provider(self, provider: str, after: str, limit: int) -> Sequence[Introduction]:
        """Return the requests to a provider after an id."""
        return self._page(introduction.c.provider == provider, after, limit)

    def page_of_unresolved(self, after: str, limit: int) -> Sequence[Introduction]:
        """Return the requests in the tray after an id."""
        return self._page(_IN_TRAY, after, limit)

    def asked_for(self, need_id: UUID) -> frozenset[UUID]:
        """Return the offers of all requests of a need."""
        wanted = select(introduction.c.offer_id).where(introduction.c.need_id == need_id)
        return frozenset(self._connection.execute(wanted).scalars())

    def due(self, now: datetime, limit: int) -> Sequence[Introduction]:
        """Read by the index of what is due."""
        wanted = (
            select(introduction.c.document)
            .where(introduction.c.due_at <= now)
            .order_by(introduction.c.due_at)
            .limit(limit)
        )
        return self._parsed(wanted)

    def add(self, item: Introduction) -> None:
        """Insert the row and its first step; the database refuses a second open one."""
        fixed = {
            "id": item.id,
            "tenant": item.tenant,
            "startup_id": item.startup_id,
            "need_id": item.need_id,
            "offer_id": item.offer.id,
            "provider": item.offer.provider,
        }
        try:
            self._connection.execute(introduction.insert().values(**fixed, **_values(item)))
        except IntegrityError as error:
            if introduction.c.open_key.name in str(error.orig):
                raise AlreadyRequestedError(item.offer.slug) from error
            raise NeedNotFoundError(item.need_id) from error
        self._log(item)

    def save(self, item: Introduction) -> None:
        """Update the row if it still has the version before, and add the step."""
        same = (introduction.c.id == item.id) & (introduction.c.version == item.version - 1)
        change = update(introduction).where(same).values(_values(item))
        if self._connection.execute(change).rowcount == 0:
            raise StaleVersionError(item.version)
        self._log(item)
        if item.last.action in _LEARNT_FROM:
            count_revision(self._connection)

    def _one(self, introduction_id: UUID, mine: ColumnElement[bool]) -> Introduction:
        wanted = select(introduction.c.document).where(introduction.c.id == introduction_id, mine)
        raw = self._connection.execute(wanted).scalar_one_or_none()
        if raw is None:
            raise IntroductionNotFoundError(introduction_id)
        return parse_json(Introduction, raw)

    def _page(self, mine: ColumnElement[bool], after: str, limit: int) -> Sequence[Introduction]:
        return self._parsed(
            select(introduction.c.document)
            .where(mine, introduction.c.id > after)
            .order_by(introduction.c.id)
            .limit(limit)
        )

    def _parsed(self, wanted: Any) -> Sequence[Introduction]:
        rows = self._connection.execute(wanted).scalars()
        return [*readable(Introduction, rows, "listing introductions")]

    def _log(self, item: Introduction) -> None:
        step = item.last
        self._connection.execute(
            introduction_step.insert().values(
                introduction_id=item.id,
                version=step.version,
                action=step.action,
                role="adviser" if step.adviser else step.role,
                subject=step.subject,
                state=step.state,
                reason=step.reason,
                at=step.at,
            )
        )


class SqlRatings:
    """The sum of each offer's ratings."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def add(self, offer_id: UUID, stars: int) -> RatingSum:
        """Add in one statement, so that two ratings at once are both counted."""
        first = upsert(self._connection, offer_rating).values(
            offer_id=offer_id, count=1, total=stars
        )
        added = first.on_conflict_do_update(
            index_elements=[offer_rating.c.offer_id],
            set_={"count": offer_rating.c.count + 1, "total": offer_rating.c.total + stars},
        ).returning(offer_rating.c.count, offer_rating.c.total)
        row = self._connection.execute(added).one()
        count_revision(self._connection)
        return RatingSum(row[0], row[1])


def hand_over_introductions(connection: Connection, startup_id: UUID, tenant: str) -> None:
    """Give the requests of a start-up to another tenant.

    Each gets a version, so that whoever changes it just now reads it again first.
    """
    wanted = select(introduction.c.document).where(introduction.c.startup_id == startup_id)
    for raw in connection.execute(wanted).scalars().all():
        item = parse_json(Introduction, raw)
        given = replace(item, tenant=tenant, version=item.version + 1)
        change = update(introduction).where(introduction.c.id == item.id)
        connection.execute(change.values(tenant=tenant, **_values(given)))


def remove_introductions(connection: Connection, which: ColumnElement[bool]) -> None:
    """Delete requests with their steps, and what was learnt from them."""
    own = select(introduction.c.id).where(which)
    steps = introduction_step.c.introduction_id.in_(own)
    connection.execute(delete(introduction_step).where(steps))
    if connection.execute(delete(introduction).where(which)).rowcount:
        count_revision(connection)


def _values(item: Introduction) -> dict[str, Any]:
    return {
        "state": item.state,
        "version": item.version,
        "overdue": is_overdue(item),
        "settled": item.settlement is not None,
        "open_key": f"{item.need_id}:{item.offer.id}" if item.is_open else None,
        "due_at": next_due(item),
        "document": dump_json(item),
    }
