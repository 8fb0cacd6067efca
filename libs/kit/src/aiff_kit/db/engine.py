"""Engines: the same code on a SQLite file and on PostgreSQL."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionInTimeError

from aiff_kit.db.bounded import BoundedConnection

# What is raised where the database is out of reach, or all its connections stay busy: no fault
# of what was asked, so the same again can succeed later.
DATABASE_AWAY = (InterfaceError, NoConnectionInTimeError, OperationalError)

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
)
# The server also ends a session whose process froze or whose machine vanished inside a
# transaction, so its locks are free again within a minute.
_POSTGRES_OPTIONS = (
    "-c statement_timeout=9000 -c lock_timeout=5000 -c timezone=UTC"
    " -c idle_in_transaction_session_timeout=60000"
    " -c tcp_keepalives_idle=20 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
)
# Milliseconds until a server that acknowledges nothing any more counts as gone.
_POSTGRES_SILENCE = 20_000


def sqlite_url(path: Path) -> str:
    """Return the address of a SQLite file; its folder is made when the engine is opened."""
    return f"sqlite+pysqlite:///{path}"


def open_engine(url: str) -> Engine:
    """Open a pooled engine for a SQLite or a PostgreSQL address.

    On SQLite a transaction takes the write lock at once (BEGIN IMMEDIATE): two writers wait for
    each other instead of failing half-way. On PostgreSQL no statement may run or wait for ever,
    not even on a server that is frozen.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(url, parsed.database)
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=5,
        connect_args={
            "connect_timeout": 5,
            "options": _POSTGRES_OPTIONS,
            "tcp_user_timeout": _POSTGRES_SILENCE,
        },
    )
    event.listen(engine, "do_connect", _connect_bounded)
    return engine


def _connect_bounded(_dialect: Any, _record: Any, arguments: Any, options: Any) -> Any:
    return BoundedConnection.connect(*arguments, **options)


def _open_sqlite(url: str, database: str | None) -> Engine:
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    options = {"timeout": 10, "check_same_thread": False}
    engine = create_engine(url, hide_parameters=True, connect_args=options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver would begin transactions by itself, too late for BEGIN IMMEDIATE.
    connection.isolation_level = None
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_immediate(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
