"""The counter by which a process sees that what it holds in memory is no longer the newest."""

from sqlalchemy import Connection

from aiff_kit.db import upsert
from aiff_matching.shared.tables import projection

PROJECTION = "offers"


def count_revision(connection: Connection) -> None:
    """Note that the offers or their ratings have changed, for those who hold it in memory."""
    first = upsert(connection, projection).values(name=PROJECTION, revision=1)
    connection.execute(
        first.on_conflict_do_update(
            index_elements=[projection.c.name],
            set_={"revision": projection.c.revision + 1},
        )
    )
