"""The tables of mail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, Row, Table, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from aiff_gateway.mail.domain.letters import (
    SETTLED,
    Kind,
    Letter,
    LetterState,
    MailingList,
    StoredLetter,
)
from aiff_gateway.shared.mail_tables import MAIL_LETTER, MAIL_STOP
from aiff_kit.clock import utc_now
from aiff_kit.ids import new_id

_LONGEST_REASON = 200
_ALL = "all"
_LETTER = MAIL_LETTER.c
_STOP = MAIL_STOP.c


class SqlLetters:
    """The table of letters."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def add(self, letter: Letter) -> bool:
        """Insert, unless this address was written to with this key before."""
        row = {
            "id": new_id(),
            "key": letter.key,
            "recipient": letter.to,
            "kind": letter.kind.value,
            "language": letter.language,
            "person": letter.person,
            "facts": orjson.dumps(dict(letter.facts)).decode(),
            "state": LetterState.WAITING.value,
            "attempts": 0,
            # As in the outbox of events the real clock dates it: its age is how late it is.
            "created_at": utc_now(),
        }
        added = _upsert(self._connection, MAIL_LETTER).values(row).on_conflict_do_nothing()
        return self._connection.execute(added.returning(_LETTER.id)).first() is not None

    def due(self, now: datetime, most: int) -> Sequence[UUID]:
        """Find what waits and whose time has come."""
        waiting = _LETTER.state == LetterState.WAITING.value
        ready = or_(_LETTER.due_at.is_(None), _LETTER.due_at <= now)
        found = select(_LETTER.id).where(waiting, ready).order_by(_LETTER.id).limit(most)
        return self._connection.execute(found).scalars().all()

    def claim(self, letter_id: UUID, now: datetime) -> StoredLetter | None:
        """Change a waiting row and return it; a second worker changes none."""
        is_it = (_LETTER.id == letter_id) & (_LETTER.state == LetterState.WAITING.value)
        claimed = MAIL_LETTER.update().where(is_it)
        values = {
            "state": LetterState.CLAIMED.value,
            "attempts": _LETTER.attempts + 1,
            "tried_at": now,
            "due_at": None,
        }
        row = self._connection.execute(claimed.values(values).returning(MAIL_LETTER)).first()
        return None if row is None else _letter(row)

    def note(
        self,
        letter_id: UUID,
        state: LetterState,
        reason: str | None = None,
        due_at: datetime | None = None,
    ) -> None:
        """Change the row."""
        values: dict[str, Any] = {
            "state": state.value,
            "reason": reason[:_LONGEST_REASON] if reason else None,
            "due_at": due_at,
        }
        if state in SETTLED:
            values["facts"] = None
        changed = MAIL_LETTER.update().where(_LETTER.id == letter_id).values(values)
        self._connection.execute(changed)

    def left_behind(self, before: datetime) -> Mapping[UUID, LetterState]:
        """Find what was taken long ago."""
        taken = (LetterState.CLAIMED.value, LetterState.HANDING_OVER.value)
        found = select(_LETTER.id, _LETTER.state).where(
            _LETTER.state.in_(taken), _LETTER.tried_at < before
        )
        return {row.id: LetterState(row.state) for row in self._connection.execute(found)}

    def of(self, person: UUID, before: UUID | None, most: int) -> Sequence[StoredLetter]:
        """Find by person; ids are ordered by time."""
        found = select(MAIL_LETTER).where(_LETTER.person == person)
        if before is not None:
            found = found.where(_LETTER.id < before)
        rows = self._connection.execute(found.order_by(_LETTER.id.desc()).limit(most))
        return [_letter(row) for row in rows]

    def get(self, letter_id: UUID) -> StoredLetter | None:
        """Find by id."""
        found = select(MAIL_LETTER).where(_LETTER.id == letter_id)
        row = self._connection.execute(found).one_or_none()
        return None if row is None else _letter(row)

    def forget(self, address: str) -> Sequence[UUID]:
        """Delete by address."""
        gone = MAIL_LETTER.delete().where(_LETTER.recipient == address).returning(_LETTER.id)
        return self._connection.execute(gone).scalars().all()


class SqlStops:
    """The table of who gets no more of what."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def add(
        self, address_digest: str, mailing_list: MailingList | None, reason: str, at: datetime
    ) -> None:
        """Insert; the first time stays."""
        row = {
            "address_digest": address_digest,
            "list": mailing_list.value if mailing_list else _ALL,
            "reason": reason,
            "stopped_at": at,
        }
        added = _upsert(self._connection, MAIL_STOP).values(row).on_conflict_do_nothing()
        self._connection.execute(added)

    def remove(self, address_digest: str, mailing_list: MailingList | None) -> None:
        """Delete."""
        name = mailing_list.value if mailing_list else _ALL
        is_it = (_STOP.address_digest == address_digest) & (_STOP.list == name)
        self._connection.execute(MAIL_STOP.delete().where(is_it))

    def of(self, address_digest: str) -> Mapping[MailingList | None, datetime]:
        """Find by digest."""
        found = select(MAIL_STOP).where(_STOP.address_digest == address_digest)
        return {
            None if row.list == _ALL else MailingList(row.list): row.stopped_at
            for row in self._connection.execute(found)
        }


def _upsert(connection: Connection, table: Table) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def _letter(row: Row[Any]) -> StoredLetter:
    letter = Letter(
        kind=Kind(row.kind),
        to=row.recipient,
        language=row.language,
        key=row.key,
        facts=orjson.loads(row.facts) if row.facts else {},
        person=row.person,
    )
    return StoredLetter(
        id=row.id,
        letter=letter,
        state=LetterState(row.state),
        attempts=row.attempts,
        created_at=row.created_at,
        tried_at=row.tried_at,
        due_at=row.due_at,
        reason=row.reason,
    )
