"""What the two databases say differently."""

from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, func
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Table) -> Any:
    """Return an insert of the database's own dialect, which can say what to do on a conflict."""
    postgres = connection.dialect.name == "postgresql"
    return (postgresql if postgres else sqlite).insert(table)


def says(connection: Connection, column: Column[bytes], words: str) -> ColumnElement[bool]:
    """Tell whether UTF-8 text that is stored as bytes has these words as they stand."""
    if connection.dialect.name == "postgresql":
        return func.strpos(func.convert_from(column, "UTF8"), words) > 0
    return func.instr(column, words.encode()) > 0
