"""What is due, the match states, and the needs that are judged, inside one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    func,
    literal,
    select,
    true,
    update,
)

from aiff_contracts.codec import dump_json, parse_json
from aiff_contracts.sparing import spared
from aiff_kit.db import upsert
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.tables import (
    alert,
    clock_reached,
    due,
    need,
    offer,
    standing,
    startup,
    watch,
)
from aiff_matching.watching.domain.match_states import MatchState
from aiff_matching.watching.domain.watched import Due, NeedKey, Subject, WatchedNeed

# Any constant of its own: one process at a time writes match states.
_WATCH_LOCK = 716_201_128
_CLOCK = "needs"
_MOST_IDS_A_STATEMENT = 500
_DIFFERENT_STATES = 20_000
_DELETE_PAIR = delete(standing).where(
    (standing.c.need_id == bindparam("own_need")) & (standing.c.offer_id == bindparam("own_offer"))
)


class SqlWatching:
    """Match states and what is due, in their tables."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def alone(self) -> bool:
        """Ask for the lock that ends with the transaction; a SQLite transaction is alone."""
        if self._connection.dialect.name != "postgresql":
            return True
        taken = self._connection.execute(select(func.pg_try_advisory_xact_lock(_WATCH_LOCK)))
        return bool(taken.scalar_one())

    def note_offer(self, offer_id: UUID, neighbours: Iterable[str] = ()) -> None:
        """Note the offer, and those of these slugs that are in the copy."""
        others = select(offer.c.id).where(offer.c.slug.in_(sorted(neighbours)))
        for due_id in {offer_id, *self._connection.execute(others).scalars()}:
            self._note("offer", select(literal(str(due_id))), silent=False)

    def note_need(self, need_id: UUID, *, silent: bool) -> None:
        """Note one need; one that waits for its first judgement goes on waiting silently."""
        self._note("need", select(literal(str(need_id))), silent=silent)

    def note_needs_of(self, startup_id: UUID) -> None:
        """Note them in one statement."""
        self._note("need", select(need.c.id).where(need.c.startup_id == startup_id), silent=False)

    def note_all_needs(self) -> None:
        """Note them in one statement."""
        note_all_needs(self._connection)

    def due(self, subject: Subject, limit: int) -> Sequence[Due]:
        """Read some."""
        wanted = select(due.c.id, due.c.revision, due.c.silent).where(due.c.subject == subject)
        rows = self._connection.execute(wanted.limit(limit))
        return [Due(row.id, row.revision, row.silent) for row in rows]

    def due_offers(self) -> frozenset[UUID]:
        """Read the ids alone."""
        wanted = select(due.c.id).where(due.c.subject == "offer")
        return frozenset(self._connection.execute(wanted).scalars())

    def done(self, subject: Subject, items: Iterable[Due]) -> None:
        """Delete what did not become due again meanwhile."""
        for item in items:
            same = (due.c.subject == subject) & (due.c.id == item.id)
            gone = delete(due).where(same & (due.c.revision == item.revision))
            self._connection.execute(gone)

    def is_idle(self) -> bool:
        """Look for one need."""
        return self._connection.execute(select(need.c.id).limit(1)).first() is None

    def keys(self, ids: Iterable[UUID] | None = None) -> Sequence[NeedKey]:
        """Read the versions; with ids, keep these needs from being deleted meanwhile."""
        wanted = _keyed().order_by(need.c.id)
        if ids is None:
            return [_key(row) for row in self._connection.execute(wanted)]
        own = wanted.with_for_update(read=True, key_share=True, of=need)
        return [
            _key(row)
            for part in _parts(ids)
            for row in self._connection.execute(own.where(need.c.id.in_(part)))
        ]

    def read(self, keys: Iterable[NeedKey]) -> Sequence[WatchedNeed]:
        """Read and parse what is not known yet."""
        wanted = _keyed().add_columns(need.c.need, startup.c.profile)
        rows = (
            row
            for part in _parts(key.id for key in keys)
            for row in self._connection.execute(wanted.where(need.c.id.in_(part)))
        )
        read = (spared("reading needs", str(row.id), partial(_watched, row), None) for row in rows)
        return [one for one in read if one is not None]

    def of_needs(
        self, needs: Iterable[UUID], offers: Sequence[UUID] | None = None
    ) -> Mapping[tuple[UUID, UUID], tuple[str, MatchState]]:
        """Read the match states of some needs, of all offers or of these."""
        wanted = select(standing)
        if offers is not None:
            wanted = wanted.where(standing.c.offer_id.in_(offers))
        return {
            (UUID(str(row.need_id)), row.offer_id): (row.slug, _state(row.standing))
            for part in _parts(needs)
            for row in self._connection.execute(wanted.where(standing.c.need_id.in_(part)))
        }

    def put(self, changed: Mapping[tuple[UUID, UUID], tuple[str, MatchState | None]]) -> None:
        """Replace in two statements; None is no row."""
        pairs = [
            {"own_need": str(need_id), "own_offer": str(offer_id)} for need_id, offer_id in changed
        ]
        rows = [
            {"need_id": pair[0], "offer_id": pair[1], "slug": slug, "standing": _text(kept)}
            for pair, (slug, kept) in changed.items()
            if kept is not None
        ]
        if pairs:
            self._connection.execute(_DELETE_PAIR, pairs)
        if rows:
            self._connection.execute(standing.insert(), rows)

    def reached(self, now: datetime) -> datetime:
        """Read the instant; the first time begins now."""
        first = upsert(self._connection, clock_reached).values(name=_CLOCK, reached=now)
        self._connection.execute(first.on_conflict_do_nothing())
        instant: datetime = self._connection.execute(select(clock_reached.c.reached)).scalar_one()
        return instant

    def reach(self, now: datetime) -> None:
        """Update the row."""
        self._connection.execute(update(clock_reached).values(reached=now))

    def _note(self, subject: Subject, ids: Select[Any], *, silent: bool) -> None:
        note(self._connection, subject, ids, silent=silent)


def note(connection: Connection, subject: Subject, ids: Select[Any], *, silent: bool) -> None:
    """Make these due, or once more due where they are already."""
    chosen = ids.subquery()
    values = select(literal(subject), chosen.c[0], literal(1), literal(silent)).where(true())
    insert = upsert(connection, due).from_select(["subject", "id", "revision", "silent"], values)
    again = {"revision": due.c.revision + 1}
    keys = [due.c.subject, due.c.id]
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=again))


def note_all_needs(connection: Connection) -> None:
    """Make every need due."""
    note(connection, "need", select(need.c.id), silent=False)


def forget_needs(connection: Connection, ids: Select[Any]) -> None:
    """Delete all that is kept about needs that go."""
    for table in (alert, standing, watch):
        connection.execute(delete(table).where(table.c.need_id.in_(ids)))
    connection.execute(delete(due).where((due.c.subject == "need") & due.c.id.in_(ids)))


def _keyed() -> Select[Any]:
    versions = select(need.c.id, need.c.version, startup.c.version.label("startup_version"))
    return versions.join(startup, startup.c.id == need.c.startup_id)


def _key(row: Any) -> NeedKey:
    return NeedKey(row.id, row.version, row.startup_version)


def _parts(ids: Iterable[UUID]) -> Iterable[list[UUID]]:
    kept = list(ids)
    for start in range(0, len(kept), _MOST_IDS_A_STATEMENT):
        yield kept[start : start + _MOST_IDS_A_STATEMENT]


# Most needs see one offer in one of a few ways, so few texts are parsed or written twice.
@lru_cache(_DIFFERENT_STATES)
def _state(raw: str) -> MatchState:
    return parse_json(MatchState, raw.encode())


@lru_cache(_DIFFERENT_STATES)
def _text(kept: MatchState) -> str:
    return dump_json(kept).decode()


def _watched(row: Row[Any]) -> WatchedNeed:
    return WatchedNeed(_key(row), parse_json(Profile, row.profile), parse_json(Need, row.need))
