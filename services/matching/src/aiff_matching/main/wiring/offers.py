"""The copy of the published offers: kept by events, compared, made anew, compiled."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from aiff_contracts.events import OFFERS_STATE_TOPIC, OFFERS_TOPIC, Event
from aiff_kit.bus import Bus, event_of
from aiff_kit.clock import utc_now
from aiff_kit.embeddings import OfferEmbeddings
from aiff_kit.operations import states_of
from aiff_kit.service import EventConsumer, consumer_of
from aiff_matching.main.wiring.base import Base
from aiff_matching.main.wiring.experience import learnt
from aiff_matching.offers.adapters.live_catalogue import SqlLiveCatalogue
from aiff_matching.offers.application.ports import OpenOffersWork
from aiff_matching.offers.application.projection import CONSUMER, OfferProjection
from aiff_matching.offers.application.rebuilding import ProjectionCopy, ProjectionRebuild
from aiff_matching.shared.errors import UnreadableStateError


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersParts:
    """The compiled catalogue, and what keeps the copy that it is made of."""

    unit_of_work: OpenOffersWork
    catalogue: SqlLiveCatalogue
    projection: OfferProjection
    embeddings: OfferEmbeddings

    @property
    def consumer(self) -> EventConsumer:
        """Return what takes the catalogue's events over."""
        return consumer_of("projection", CONSUMER, OFFERS_TOPIC, self.projection.handle)

    def rebuild(self, bus: Bus) -> ProjectionRebuild:
        """Return what makes the copy anew."""
        return ProjectionRebuild(self.unit_of_work, lambda: _states(bus), utc_now)

    def copy(self, bus: Bus) -> ProjectionCopy:
        """Return the copy, to be compared and mended."""
        states = partial(states_of, bus, OFFERS_STATE_TOPIC)
        return ProjectionCopy(self.unit_of_work, states, self.rebuild(bus))


def wire_offers(base: Base) -> OffersParts:
    """Return the parts of the copy; the catalogue is compiled with the first question."""
    return OffersParts(
        unit_of_work=base.unit_of_work,
        catalogue=SqlLiveCatalogue(base.engine, base.encoder.model, learnt),
        projection=OfferProjection(base.unit_of_work),
        embeddings=OfferEmbeddings(base.unit_of_work, base.encoder),
    )


def _states(bus: Bus) -> Iterator[Event]:
    for delivered in bus.read(OFFERS_STATE_TOPIC):
        try:
            yield event_of(delivered.record)
        except (KeyError, ValueError) as error:
            raise UnreadableStateError(delivered.record.key, str(error)) from error
