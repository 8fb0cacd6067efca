"""What the two databases say differently."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Table) -> Any:
    """Return an insert of the database's own dialect, which can say what to do on a conflict."""
    postgres = connection.dialect.name == "postgresql"
    return (postgresql if postgres else sqlite).insert(table)
