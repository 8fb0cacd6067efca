"""Migrations, run by a command or a job and never when a service starts."""

from collections.abc import Callable
from functools import cache
from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from aiff_kit.db.engine import open_engine

# Any constant: two migrations of one database wait for each other on this PostgreSQL lock.
_ADVISORY_LOCK = 716_201_126


def upgrade(url: str, package: str, revision: str = "head") -> None:
    """Bring a database to a revision; `package` holds env.py and versions/."""
    _run(url, package, lambda config: command.upgrade(config, revision))


def downgrade(url: str, package: str, revision: str) -> None:
    """Take a database back to a revision (`base` for empty)."""
    _run(url, package, lambda config: command.downgrade(config, revision))


def head_revision(package: str) -> str | None:
    """Return the newest revision that the code knows."""
    with as_file(files(package)) as folder:
        return ScriptDirectory.from_config(_config(str(folder))).get_current_head()


def is_migrated(connection: Connection, package: str) -> bool:
    """Tell whether a database has at least the tables that the code needs.

    A revision that this code does not know was made by newer code, and such changes keep what
    the older code uses: while a new release arrives, the old one goes on serving.
    """
    present = current_revision(connection)
    return present is not None and present not in _outdated(package)


def current_revision(connection: Connection) -> str | None:
    """Return the revision that a database is at, None when it was never migrated."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _outdated(package: str) -> frozenset[str]:
    """Return the revisions that the code knows, without the newest."""
    with as_file(files(package)) as folder:
        scripts = ScriptDirectory.from_config(_config(str(folder)))
        known = {script.revision for script in scripts.walk_revisions()}
        return frozenset(known - set(scripts.get_heads()))


def _config(folder: str) -> Config:
    config = Config()
    config.set_main_option("script_location", folder)
    return config


def _run(url: str, package: str, action: Callable[[Config], None]) -> None:
    engine = open_engine(url)
    try:
        with as_file(files(package)) as folder, engine.connect() as connection:
            config = _config(str(folder))
            config.attributes["connection"] = connection
            if connection.dialect.name == "postgresql":
                _on_postgres(connection, config, action)
            else:
                _on_sqlite(connection, config, action)
    finally:
        engine.dispose()


def _on_postgres(connection: Connection, config: Config, action: Callable[[Config], None]) -> None:
    with connection.begin():
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        action(config)


def _on_sqlite(connection: Connection, config: Config, action: Callable[[Config], None]) -> None:
    """Change a table as SQLite wants it: copied, dropped, renamed, while nobody looks at keys.

    The switch is one of the connection and works outside of transactions only; the keys are
    looked at before the commit.
    """
    raw = connection.connection.driver_connection
    assert raw is not None  # noqa: S101  A connection in use has its driver's.
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            action(config)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                message = f"the migration would leave rows that refer to nothing: {broken[:5]}"
                raise RuntimeError(message)
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
