"""What every capability stands on, opened once a process."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import DBAPIError

from aiff_catalog.main.settings import Settings
from aiff_catalog.main.unit_of_work import SqlUnitOfWork
from aiff_catalog.shared.database import open_database
from aiff_catalog.shared.errors import DatabaseUnavailableError, SearchIndexUnavailableError
from aiff_catalog.shared.reader_postgres import PostgresReader
from aiff_catalog.shared.reader_sqlite import SqliteReader
from aiff_catalog.shared.reading import DatabaseReader
from aiff_kit.bus import BusUnavailableError
from aiff_kit.clock import Clock
from aiff_kit.encoder import Encoder, NoEncoder, sentence_encoder

# Faults of the surroundings: what was being done is tried again until they end.
PASSING = (
    BusUnavailableError,
    DatabaseUnavailableError,
    DBAPIError,
    OSError,
    SearchIndexUnavailableError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The database for writing and for reading, the sentence encoder, the clock."""

    engine: Engine
    reader: DatabaseReader
    encoder: Encoder
    clock: Clock

    def open(self) -> SqlUnitOfWork:
        """Return a transaction that is to be begun."""
        return SqlUnitOfWork(self.engine)


def open_base(settings: Settings, clock: Clock) -> Base:
    """Open the database; nothing is read or written yet."""
    wanted = settings.search.encoder == "sentences"
    return Base(
        engine=open_database(settings.database_url),
        reader=_reader(settings.database_url),
        encoder=sentence_encoder() if wanted else NoEncoder(),
        clock=clock,
    )


def _reader(url: str) -> DatabaseReader:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return PostgresReader(url)
    return SqliteReader(Path(parsed.database or ""))
