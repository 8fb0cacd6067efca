"""Places that offers name, in the codes of today; curators see what was another one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from aiff_catalog.shared.migrations.filling import fill_lists
from aiff_catalog.shared.tables import error_report, offer, offer_document, offer_revision
from aiff_contracts.territory.restating import Restated, restate
from aiff_kit.clock import utc_now
from aiff_kit.db import rewrite_json
from aiff_kit.ids import new_id

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_HOLDING = b'"COM-'
_OLD_TEXTS = ((offer_revision, "content"), (offer_document, "body"), (offer_document, "summary"))


def upgrade() -> None:
    """Go forward: texts first, then what lists are made of."""
    connection, now = op.get_bind(), utc_now()
    for column in ("content", "pending"):
        for key, told in rewrite_json(connection, offer, column, _HOLDING, restate):
            _report(connection, key[0], told, now)
    changed = [
        key
        for table, column in _OLD_TEXTS
        for key, _ in rewrite_json(connection, table, column, _HOLDING, restate)
    ]
    if changed:
        fill_lists(("terms",))


def _report(
    connection: sa.Connection, offer_id: UUID, told: Sequence[Restated], now: datetime
) -> None:
    """Put each change on the work list, once: a curator may know better what was meant."""
    version = sa.select(offer.c.version).where(offer.c.id == offer_id).scalar_subquery()
    for one in told:
        place = one.after or "non précisé"
        message = f"{one.before} n'est le code d'aucune commune ; le lieu est devenu : {place}."
        is_there = sa.select(error_report.c.id).where(
            error_report.c.offer_id == offer_id, error_report.c.message == message
        )
        if connection.execute(is_there).first() is None:
            row = {
                "id": new_id(),
                "offer_id": offer_id,
                "version": version,
                "subject": "eligibility",
                "pointer": one.pointer,
                "message": message,
                "received_at": now,
            }
            connection.execute(error_report.insert().values(row))


def downgrade() -> None:
    """Go back: the codes of today were known before, too."""
