"""Stored JSON, rewritten row by row by a migration."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import orjson
from sqlalchemy import Connection, Row, Table, select

T = TypeVar("T")


def rewrite_json(
    connection: Connection,
    table: Table,
    column: str,
    holding: bytes,
    change: Callable[[Any], tuple[Any, T]],
) -> Iterator[tuple[Row[Any], T]]:
    """Store what `change` makes of each document that holds these bytes; yield what it told.

    Each comes with the key of its row. A document that stays equal is not written.
    """
    keys, stored = tuple(table.primary_key.columns), table.c[column]
    for key in connection.execute(select(*keys)).all():
        is_it = [one == part for one, part in zip(keys, key, strict=True)]
        raw = connection.execute(select(stored).where(*is_it)).scalar_one()
        if raw is None or holding not in raw:
            continue
        before = orjson.loads(raw)
        after, told = change(before)
        if after != before:
            connection.execute(table.update().where(*is_it).values({column: orjson.dumps(after)}))
            yield key, told
