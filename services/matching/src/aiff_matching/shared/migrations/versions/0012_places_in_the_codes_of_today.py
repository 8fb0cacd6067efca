"""Places that start-ups, needs, searches and offers named, in the codes of today."""

from collections.abc import Sequence

import structlog
from alembic import op

from aiff_contracts.territory.restating import restate
from aiff_kit.db import rewrite_json
from aiff_matching.shared.tables import need, offer, partner_search, startup

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_log = structlog.get_logger(__name__)
_COMMUNE, _PLACES = b'"COM-', b'"data_locations"'
_STORED = (
    (startup, "profile", _COMMUNE),
    (need, "need", _PLACES),
    (partner_search, "search", _COMMUNE),
    (offer, "document", _COMMUNE),
)


def upgrade() -> None:
    """Go forward; a code that means nothing is told to the log, and counts as not stated."""
    connection = op.get_bind()
    for table, column, holding in _STORED:
        for key, told in rewrite_json(connection, table, column, holding, restate):
            for one in told:
                place = {"pointer": one.pointer, "before": one.before, "after": one.after}
                _log.warning("a stored place has another code", of=table.name, id=key[0], **place)


def downgrade() -> None:
    """Go back: the codes of today were known before, too."""
