"""The catalogue's database for writing, with its outages and its refusals told apart."""

from typing import Any

from sqlalchemy import Constraint, Engine, Table, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError

from aiff_catalog.shared.errors import DatabaseUnavailableError
from aiff_kit.db import open_engine


def open_database(url: str) -> Engine:
    """Open an engine that raises DatabaseUnavailableError where the database is out of reach.

    What an outage says (addresses, statements, values) stays in the chain of causes, for logs.
    """
    engine = open_engine(url)
    event.listen(engine, "handle_error", _outage, retval=True)
    return engine


def violates(error: IntegrityError, table: Table, *columns: str) -> bool:
    """Tell whether a write was refused because these columns must be unique in the table."""
    named = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    if named is not None:
        return any(named == one.name for one in _unique(table, columns))
    # SQLite names the columns instead of the constraint.
    described = ", ".join(f"{table.name}.{column}" for column in columns)
    return str(error.orig) == f"UNIQUE constraint failed: {described}"


def _unique(table: Table, columns: tuple[str, ...]) -> list[Constraint]:
    constraints: list[Any] = list(table.constraints)
    return [
        constraint
        for constraint in constraints
        if tuple(column.name for column in constraint.columns) == columns
    ]


def _outage(context: ExceptionContext) -> BaseException | None:
    outage = isinstance(context.sqlalchemy_exception, OperationalError | InterfaceError)
    # The pool's own test of a connection expects the driver's error, and makes a new connection.
    return DatabaseUnavailableError() if outage and not context.is_pre_ping else None
