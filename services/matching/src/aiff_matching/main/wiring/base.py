"""What every capability is built on."""

from dataclasses import dataclass

from sqlalchemy import Engine

from aiff_kit.clock import Clock
from aiff_kit.db import open_engine
from aiff_kit.encoder import Encoder, NoEncoder, sentence_encoder
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.main.unit_of_work import SqlUnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The database, the clock, and what gives a text its vector."""

    engine: Engine
    clock: Clock
    encoder: Encoder

    def unit_of_work(self) -> SqlUnitOfWork:
        """Open a transaction."""
        return SqlUnitOfWork(self.engine)


def open_base(settings: MatchingSettings, clock: Clock) -> Base:
    """Open the database; nothing is read or written yet."""
    wanted = settings.encoder == "sentences"
    return Base(
        engine=open_engine(settings.database_url),
        clock=clock,
        encoder=sentence_encoder() if wanted else NoEncoder(),
    )
