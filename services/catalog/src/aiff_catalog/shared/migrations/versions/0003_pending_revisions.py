"""Pending revisions beside the live text, the review queue, and whole texts in the history."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

from aiff_catalog.shared.schedule import closed_for_good, load_schedule

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_BATCH = 500
_INSTANT = sa.DateTime(timezone=True)
_INDEXES = (
    ("state", "updated_at", "id"),
    ("pending_state", "updated_at", "id"),
    ("kind", "updated_at", "id"),
    ("partner", "updated_at", "id"),
    ("waiting_since", "id"),
    ("kind", "waiting_since", "id"),
    ("partner", "waiting_since", "id"),
    ("reviewer", "waiting_since", "id"),
    ("pending_state", "publish_at"),
)
_OFFER = sa.table(
    "offer",
    *(sa.column(name) for name in ("id", "state", "version", "content", "pending")),
    *(sa.column(name) for name in ("live_version", "text_version", "partner", "pending_state")),
)
_REVISION = sa.table(
    "offer_revision",
    *(sa.column(name) for name in ("offer_id", "number", "action", "author", "content")),
)
_DOCUMENT = sa.table(
    "offer_document",
    sa.column("offer_id"),
    sa.column("schedule"),
    sa.column("over_since", _INSTANT),
)


def upgrade() -> None:
    """Go forward; drafts become pending revisions, withdrawn offers archived ones."""
    with op.batch_alter_table("offer") as table:
        for column in _added():
            table.add_column(column)
        table.alter_column("content", existing_type=sa.LargeBinary(), nullable=True)
    for columns in _INDEXES:
        op.create_index(_name(columns), "offer", list(columns))
    op.add_column("offer_revision", sa.Column("comments", sa.LargeBinary(), nullable=True))
    op.add_column("offer_revision", sa.Column("content", sa.LargeBinary(), nullable=True))
    op.add_column("offer_document", sa.Column("over_since", _INSTANT, nullable=True))
    op.create_index("ix_offer_document_over_since", "offer_document", ["over_since"])
    _carry_offers()
    _carry_documents()
    _rename_actions({"withdrawn": "archived"})


def downgrade() -> None:
    """Go back; a revision that was pending beside a live text is given up."""
    _restore_offers()
    _rename_actions({"archived": "withdrawn", "suspended": "withdrawn", "expired": "withdrawn"})
    op.drop_index("ix_offer_document_over_since", "offer_document")
    with op.batch_alter_table("offer_document") as table:
        table.drop_column("over_since")
    with op.batch_alter_table("offer_revision") as table:
        table.drop_column("content")
        table.drop_column("comments")
    for columns in _INDEXES:
        op.drop_index(_name(columns), "offer")
    with op.batch_alter_table("offer") as table:
        table.alter_column("content", existing_type=sa.LargeBinary(), nullable=False)
        for column in reversed(_added()):
            table.drop_column(column.name)


def _added() -> list[sa.Column[Any]]:
    return [
        sa.Column("partner", sa.String(length=80), nullable=False, server_default=""),
        sa.Column("live_version", sa.Integer(), nullable=True),
        sa.Column("text_version", sa.Integer(), nullable=True),
        sa.Column("pending", sa.LargeBinary(), nullable=True),
        sa.Column("pending_state", sa.String(length=20), nullable=True),
        sa.Column("waiting_since", _INSTANT, nullable=True),
        sa.Column("reviewer", sa.String(length=120), nullable=True),
        sa.Column("publish_at", _INSTANT, nullable=True),
    ]


def _name(columns: Sequence[str]) -> str:
    return f"ix_offer_{'_'.join(columns)}"


def _carry_offers() -> None:
    """Fill the new columns; the newest entry of a history gets the text of the moment."""
    for row in _rows(_OFFER, _OFFER.c.id):
        content = orjson.loads(row.content)
        values: dict[str, Any] = {
            "partner": next(
                one["organisation"] for one in content["organisations"] if one["role"] == "provider"
            ),
            "live_version": row.version,
            "text_version": row.version,
            "state": "archived" if row.state == "withdrawn" else row.state,
        }
        if row.state == "draft":
            pending = {"state": "draft", "content": content, "editors": [_author(row.id)]}
            values |= {
                "live_version": None,
                "text_version": None,
                "state": "unpublished",
                "content": None,
                "pending": orjson.dumps(pending),
                "pending_state": "draft",
            }
        bind = op.get_bind()
        bind.execute(_OFFER.update().where(_OFFER.c.id == row.id).values(values))
        newest = (_REVISION.c.offer_id == row.id) & (_REVISION.c.number == row.version)
        bind.execute(_REVISION.update().where(newest).values(content=row.content))


def _restore_offers() -> None:
    for row in _rows(_OFFER, _OFFER.c.id):
        values: dict[str, Any] = {"state": "published" if row.state == "published" else "withdrawn"}
        if row.state == "unpublished":
            content = orjson.loads(row.pending)["content"]
            values = {"state": "draft", "content": orjson.dumps(content)}
        op.get_bind().execute(_OFFER.update().where(_OFFER.c.id == row.id).values(values))


def _carry_documents() -> None:
    for row in _rows(_DOCUMENT, _DOCUMENT.c.offer_id):
        over: datetime | None = closed_for_good(load_schedule(row.schedule))
        if over is not None:
            is_it = _DOCUMENT.c.offer_id == row.offer_id
            values = {"over_since": over.astimezone(UTC)}
            op.get_bind().execute(_DOCUMENT.update().where(is_it).values(values))


def _author(offer_id: str) -> str:
    newest = (
        sa.select(_REVISION.c.author)
        .where(_REVISION.c.offer_id == offer_id)
        .order_by(_REVISION.c.number.desc())
        .limit(1)
    )
    return str(op.get_bind().execute(newest).scalar_one())


def _rename_actions(names: dict[str, str]) -> None:
    for old, new in names.items():
        renamed = _REVISION.update().where(_REVISION.c.action == old).values(action=new)
        op.get_bind().execute(renamed)


def _rows(table: sa.TableClause, key: sa.ColumnElement[Any]) -> Iterator[Any]:
    """Yield the rows of a table, a batch in memory at a time."""
    last = ""
    while rows := op.get_bind().execute(
        sa.select(table).where(key > last).order_by(key).limit(_BATCH)
    ).all():
        yield from rows
        last = str(rows[-1]._mapping[key.name])
