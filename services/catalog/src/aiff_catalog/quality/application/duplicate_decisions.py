"""What curators decide of listings that are probably one offer."""

from collections.abc import Callable, Sequence
from uuid import UUID

from aiff_catalog.offers.application.changing import require_curator
from aiff_catalog.quality.application.assessing import store_quality
from aiff_catalog.quality.application.duplicate_pairs import Dismissal, PairQuery, PairView
from aiff_catalog.quality.application.ports import OpenQuality, QualityUnitOfWork
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import PairNotFoundError
from aiff_kit.clock import Clock


class DuplicateDecisions:
    """The pairs that were found, and whether they are two offers after all."""

    def __init__(self, open_uow: OpenQuality, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = open_uow
        self._clock = clock

    def page(self, query: PairQuery) -> Sequence[PairView]:
        """Return pairs, the likest first."""
        with self._open() as uow:
            return uow.duplicates.page(query)

    def dismiss(self, pair_id: UUID, reason: str, by: Authorship) -> None:
        """Say that a pair is two offers; it does not come back by itself."""
        require_curator(by)
        decided = Dismissal(by=by.author, at=self._clock(), reason=reason)
        with self._open() as uow:
            self._decided(uow, pair_id, lambda: uow.duplicates.dismiss(pair_id, decided))

    def reopen(self, pair_id: UUID, by: Authorship) -> None:
        """Take such a decision back."""
        require_curator(by)
        with self._open() as uow:
            self._decided(uow, pair_id, lambda: uow.duplicates.reopen(pair_id))

    def _decided(self, uow: QualityUnitOfWork, pair_id: UUID, decide: Callable[[], bool]) -> None:
        """Decide, and have the quality of both listings say so."""
        if not decide():
            raise PairNotFoundError(pair_id)
        both = uow.offers.hold(uow.duplicates.of_pair(pair_id))
        store_quality(uow, [one for one in both if one.state != "archived"], self._clock())
        uow.commit()
