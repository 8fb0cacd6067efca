"""What was learnt from use, in its tables: attention given to providers, past acceptances."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, delete, func, select

from aiff_contracts.codec import parse_json
from aiff_kit.db import upsert
from aiff_matching.adapters.revisions import count_revision
from aiff_matching.adapters.tables import exposure, introduction, over_exposed
from aiff_matching.domain.experience import Acceptance, Experience, traits_of
from aiff_matching.domain.introductions import Introduction

_ACCEPTED = ("taking_care", "done")
_POOR = 3
# The newest ones: what helped years ago says little about today's offers.
_MOST_ACCEPTANCES = 2_000


class SqlExposure:
    """Attention by day and provider, and who yields."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def add(self, day: date, attention: Mapping[str, float]) -> None:
        """Add in the order of names, so that two writers never wait for each other in a ring."""
        statement = upsert(self._connection, exposure)
        for provider in sorted(attention):
            new = statement.values(day=day, provider=provider, attention=attention[provider])
            total = exposure.c.attention + attention[provider]
            self._connection.execute(
                new.on_conflict_do_update(
                    index_elements=[exposure.c.day, exposure.c.provider],
                    set_={"attention": total},
                )
            )

    def since(self, day: date) -> Mapping[str, float]:
        """Sum up by provider."""
        summed = select(exposure.c.provider, func.sum(exposure.c.attention))
        wanted = summed.where(exposure.c.day >= day).group_by(exposure.c.provider)
        return {provider: float(total) for provider, total in self._connection.execute(wanted)}

    def forget_before(self, day: date) -> None:
        """Delete older days."""
        self._connection.execute(delete(exposure).where(exposure.c.day < day))

    def yielding(self) -> frozenset[str]:
        """Return the providers that yield."""
        return _yielding(self._connection)

    def yield_from_now(self, providers: frozenset[str]) -> bool:
        """Replace them, and tell those who hold the catalogue in memory where they change."""
        if providers == self.yielding():
            return False
        self._connection.execute(delete(over_exposed))
        for provider in sorted(providers):
            self._connection.execute(over_exposed.insert().values(provider=provider))
        count_revision(self._connection)
        return True


def experience(connection: Connection) -> Experience:
    """Return what was learnt so far; a poor rating takes an acceptance out."""
    wanted = (
        select(introduction.c.document)
        .where(introduction.c.state.in_(_ACCEPTED))
        .order_by(introduction.c.id.desc())
        .limit(_MOST_ACCEPTANCES)
    )
    items = (parse_json(Introduction, raw) for raw in connection.execute(wanted).scalars())
    found = (_acceptance(item) for item in items if not _was_poor(item))
    kept = tuple(one for one in found if one.traits)
    return Experience(kept, _yielding(connection))


def _acceptance(item: Introduction) -> Acceptance:
    """Take what the provider was shown and nothing else; withdrawn consent takes it out."""
    shown = item.shared
    traits = traits_of(shown.profile, shown.need) if shown else frozenset()
    return Acceptance(item.offer.id, traits)


def _was_poor(item: Introduction) -> bool:
    return item.rating is not None and item.rating.overall < _POOR


def _yielding(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(select(over_exposed.c.provider)).scalars())
