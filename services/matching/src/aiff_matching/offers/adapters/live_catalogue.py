"""The compiled catalogue in memory, renewed when the copy of the offers changed."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Event, Lock, Thread
from uuid import UUID

import numpy as np
import structlog
from prometheus_client import Gauge
from sqlalchemy import Connection, Engine, String, select, type_coerce

from aiff_contracts.offer import OfferDocument
from aiff_contracts.sparing import readable
from aiff_matching.experience.domain import Experience
from aiff_matching.offers.domain.building import CatalogueBuilder, CatalogueChange
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.offers.domain.ratings import RatingSum
from aiff_matching.offers.domain.relevance import Vector
from aiff_matching.shared.revisions import PROJECTION
from aiff_matching.shared.tables import offer, offer_rating, projection

_REVISION = Gauge(
    "aiff_matching_catalogue_revision",
    "Revision of the copy of the offers that this process answers from.",
)
_log = structlog.get_logger(__name__)
# The version of a row's document, the model of its vector, whether that is of an older text.
_State = tuple[int, str | None, bool]
_States = Mapping[str, _State]
_MOST_IDS_A_STATEMENT = 500
# Compared as text: a hundred thousand ids are not parsed to see that none changed.
_STATES = select(
    type_coerce(offer.c.id, String), offer.c.version, offer.c.vector_model, offer.c.vector_due
)
_LOOK_SECONDS = 0.1
_CLOSING_SECONDS = 5.0


class SqlLiveCatalogue:
    """Compares one number to see a change; reads and compiles only the offers that changed.

    Whoever asks after a change makes the next catalogue first and so sees every committed
    revision: that suits workers, commands and tests. Where questions must not wait,
    `keep_fresh` has a thread make it beside them.
    """

    def __init__(
        self, engine: Engine, model: str, experience: Callable[[Connection], Experience]
    ) -> None:
        """Begin with an empty catalogue; the first question fills it.

        `model` names the encoder of the questions: vectors of another one are not used.
        `experience` reads what was learnt from use in the transaction of the offers.
        """
        self._engine = engine
        self._model = model
        self._experience = experience
        self._lock = Lock()
        self._closing = Event()
        self._thread: Thread | None = None
        self._begin_anew()
        self._catalogue = self._builder.build((), 0)
        self._is_kept_fresh = False
        self._settled = 0

    def current(self) -> Catalogue:
        """Return the catalogue of the newest committed revision.

        While it is kept fresh: of a revision that is older by a second or two at most.
        """
        return self._catalogue if self._is_kept_fresh else self.newest()

    def newest(self) -> Catalogue:
        """Return the catalogue of the newest committed revision, made now where need be."""
        return self._newest(lambda _: None)

    def keep_fresh(self, rehearse: Callable[[Catalogue], object]) -> None:
        """Have a thread make each next catalogue, until `close`; questions wait for the first.

        `rehearse` is done with each before it is put in use: what questions work out and
        remember about a catalogue is worked out by then.
        """
        self._thread = Thread(target=self._keep_fresh, args=(rehearse,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Have the thread end, which no longer reads the database then."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(_CLOSING_SECONDS)

    def _keep_fresh(self, rehearse: Callable[[Catalogue], object]) -> None:
        while not self._closing.is_set():
            try:
                self._newest(rehearse)
            except Exception:  # noqa: BLE001 - whatever it is, questions go on.
                # The present one stays in use; a database that is away comes back.
                _log.warning("catalogue_not_renewed", exc_info=True)
            else:
                self._settle(len(self._catalogue.candidates))
                self._is_kept_fresh = True
                _REVISION.set(self._catalogue.revision)
            self._closing.wait(_LOOK_SECONDS)

    def _settle(self, offers: int) -> None:
        """Have the collector of garbage pass over what lives as long as the process.

        It would go through all offers again and again, for which every question waits. Once is
        enough until there are twice as many.
        """
        if offers > 2 * self._settled:
            self._settled = offers
            gc.collect()
            gc.freeze()

    def _newest(self, rehearse: Callable[[Catalogue], object]) -> Catalogue:
        with self._reading() as connection:
            if self._revision(connection) == self._catalogue.revision:
                return self._catalogue
        # The lock comes before the snapshot: who waited must not go back to what it saw before.
        with self._lock, self._reading() as connection:
            # Read first: what comes in between is read with the next question.
            revision = self._revision(connection)
            if revision != self._catalogue.revision:
                renewed = self._renewed(connection, revision)
                rehearse(renewed)
                self._catalogue = renewed
            return self._catalogue

    def _reading(self) -> Connection:
        return self._engine.connect().execution_options(read_only=True)

    def _revision(self, connection: Connection) -> int:
        wanted = select(projection.c.revision).where(projection.c.name == PROJECTION)
        return int(connection.execute(wanted).scalar_one_or_none() or 0)

    def _begin_anew(self) -> None:
        self._states: _States = {}
        self._builder = CatalogueBuilder()

    def _renewed(self, connection: Connection, revision: int) -> Catalogue:
        rows = connection.execute(_STATES).all()
        states = {row[0]: (row[1], row[2], row[3]) for row in rows}
        change = self._change(connection, states)
        experience = self._experience(connection)
        try:
            built = self._builder.renewed(change, revision)
        except Exception:
            # What was half taken over is not built upon.
            self._begin_anew()
            raise
        self._states = states
        return replace(built, experience=experience)

    def _change(self, connection: Connection, states: _States) -> CatalogueChange:
        """Read what is not known yet of these rows."""
        before = self._states
        other = [one for one, state in states.items() if before.get(one) != state]
        texts = [one for one in other if one not in before or before[one][0] != states[one][0]]
        rated = connection.execute(select(offer_rating))
        encoded = [one for one in other if _may_have_another_vector(before.get(one), states[one])]
        return CatalogueChange(
            documents=_documents(connection, texts),
            gone=[UUID(one) for one in before.keys() - states],
            vectors=self._vectors(connection, encoded, states),
            ratings={row.offer_id: RatingSum(row[1], row[2]) for row in rated},
        )

    def _vectors(
        self, connection: Connection, encoded: Sequence[str], states: _States
    ) -> Mapping[UUID, Vector | None]:
        """Read the vectors that may be new ones."""
        found: dict[UUID, Vector | None] = {}
        for ids in _parts([UUID(one) for one in encoded]):
            wanted = select(offer.c.id, offer.c.vector).where(offer.c.id.in_(ids))
            for row in connection.execute(wanted):
                own = states[str(row.id)][1] == self._model and row.vector is not None
                found[row.id] = np.frombuffer(row.vector, np.float32) if own else None
        return found


def _may_have_another_vector(before: _State | None, now: _State) -> bool:
    """Tell whether a vector was put in: one of an outdated text serves until the next comes."""
    is_due = now[2]
    return before is None or before[1] != now[1] or not is_due


def _documents(connection: Connection, ids: Sequence[str]) -> Sequence[OfferDocument]:
    documents: list[OfferDocument] = []
    for part in _parts([UUID(one) for one in ids]):
        wanted = select(offer.c.document).where(offer.c.id.in_(part))
        read = connection.execute(wanted).scalars()
        documents += readable(OfferDocument, read, "reading offers")
    return documents


def _parts(ids: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(ids), _MOST_IDS_A_STATEMENT):
        yield ids[start : start + _MOST_IDS_A_STATEMENT]
