"""Languages, currencies and activities in the one spelling in which they are stored.

What means no code is taken out and told to curators as an error of the offer.
"""

from collections.abc import Sequence
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from aiff_catalog.shared.migrations.filling import fill_lists
from aiff_contracts.spelling.stored import Unread, respelt_json
from aiff_kit.clock import utc_now

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_BATCH = 500
_OFFER = sa.table("offer", *map(sa.column, ("id", "version", "content", "pending")))
_REVISION = sa.table("offer_revision", *map(sa.column, ("offer_id", "number", "content")))
_DOCUMENT = sa.table("offer_document", *map(sa.column, ("offer_id", "body", "summary")))
_REPORT = sa.table(
    "error_report",
    *map(sa.column, ("id", "offer_id", "version", "subject", "pointer", "message")),
    sa.column("received_at", sa.DateTime(timezone=True)),
)
_LONGEST_POINTER = 200


def upgrade() -> None:
    """Go forward; the history is respelt too, for its texts can be shown again."""
    for row, unread in _respell(_OFFER, ("id",), ("content", "pending")):
        _tell(row, unread)
    for _ in _respell(_REVISION, ("offer_id", "number"), ("content",)):
        pass
    if any(True for _ in _respell(_DOCUMENT, ("offer_id",), ("body", "summary"))):
        fill_lists(("terms",))


def downgrade() -> None:
    """Go back: one spelling is right there too."""


def _respell(
    table: sa.TableClause, keys: Sequence[str], columns: Sequence[str]
) -> list[tuple[sa.RowMapping, Sequence[Unread]]]:
    """Respell these columns of all rows; return the rows that changed, with what none could read."""
    changed: list[tuple[sa.RowMapping, Sequence[Unread]]] = []
    connection = op.get_bind()
    order = [table.c[name] for name in keys]
    last: Sequence[object] = ()
    while rows := connection.execute(_after(table, order, last)).mappings().all():
        for row in rows:
            read = {name: respelt_json(row[name]) for name in columns if row[name] is not None}
            values = {name: raw for name, (raw, _) in read.items() if raw != row[name]}
            if values:
                is_it = sa.and_(*(column == row[column.name] for column in order))
                connection.execute(table.update().where(is_it).values(values))
                unread = dict.fromkeys(one for _, told in read.values() for one in told)
                changed.append((row, tuple(unread)))
        last = [rows[-1][name] for name in keys]
    return changed


def _after(
    table: sa.TableClause, order: Sequence[sa.ColumnClause[object]], last: Sequence[object]
) -> sa.Select[tuple[object, ...]]:
    wanted = sa.select(table).order_by(*order).limit(_BATCH)
    return wanted.where(sa.tuple_(*order) > sa.tuple_(*last)) if last else wanted


def _tell(row: sa.RowMapping, unread: Sequence[Unread]) -> None:
    """Put what was taken out on the list of errors that curators work through."""
    for one in unread:
        told = {
            "id": str(uuid4()),
            "offer_id": row["id"],
            "version": row["version"],
            "subject": "amount" if one.pointer.endswith("currency") else "text",
            "pointer": one.pointer[-_LONGEST_POINTER:],
            "message": f"\u00ab {one.value} \u00bb n'est pas un code connu et a \u00e9t\u00e9 retir\u00e9 ; "
            f"\u201c{one.value}\u201d is no known code and was taken out.",
            "received_at": utc_now(),
        }
        op.get_bind().execute(_REPORT.insert().values(told))
