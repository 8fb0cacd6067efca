"""When, and in which version, a worker last looked at each listing; inside a transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table

from aiff_kit.db import upsert

# What cannot be read is looked past for so long.
LOOKED_PAST = timedelta(days=1)


def note_look(
    connection: Connection, table: Table, offer_id: UUID, version: int, at: datetime
) -> None:
    """Note in a table of looks that a listing was looked at in a version."""
    values = {"version": version, "looked_at": at}
    added = upsert(connection, table).values(offer_id=offer_id, **values)
    keys = [table.c.offer_id]
    connection.execute(added.on_conflict_do_update(index_elements=keys, set_=values))


def look_past(
    connection: Connection, table: Table, before: datetime, row: Mapping[str, Any]
) -> None:
    """Look past a listing that cannot be read, until it is another text or due by its age."""
    note_look(connection, table, row["id"], row["version"], before + LOOKED_PAST)
