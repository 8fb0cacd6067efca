"""The attention that answers gave to providers, and who yields, in their tables."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, delete, func, select

from aiff_kit.db import upsert
from aiff_matching.shared.revisions import count_revision
from aiff_matching.shared.tables import exposure, over_exposed


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
        return yielding(self._connection)

    def yield_from_now(self, providers: frozenset[str]) -> bool:
        """Replace them, and tell those who hold the catalogue in memory where they change."""
        if providers == self.yielding():
            return False
        self._connection.execute(delete(over_exposed))
        for provider in sorted(providers):
            self._connection.execute(over_exposed.insert().values(provider=provider))
        count_revision(self._connection)
        return True


def yielding(connection: Connection) -> frozenset[str]:
    """Return the providers that yield near ties."""
    return frozenset(connection.execute(select(over_exposed.c.provider)).scalars())
