"""Languages, currencies and activities in the one spelling in which they are stored.

A code that nobody has is taken out of a need or a profile, which then says that it is unknown.
"""

from collections.abc import Sequence

import orjson
import sqlalchemy as sa
from alembic import op

from aiff_contracts.spelling.stored import respelt_json

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_BATCH = 500
_TABLES = (
    sa.table("offer", *map(sa.column, ("id", "document"))),
    sa.table("need", *map(sa.column, ("id", "need"))),
    sa.table("startup", *map(sa.column, ("id", "profile"))),
)


def upgrade() -> None:
    """Go forward."""
    for table in _TABLES:
        _respell(table)


def downgrade() -> None:
    """Go back: one spelling is right there too."""


def _respell(table: sa.TableClause) -> None:
    connection, (key, column) = op.get_bind(), table.columns
    last: object = None
    wanted = sa.select(key, column).order_by(key).limit(_BATCH)
    while rows := connection.execute(wanted if last is None else wanted.where(key > last)).all():
        for identifier, raw in rows:
            made = _numbered(_wished(respelt_json(raw)[0]))
            if made != raw:
                values = {column.name: made}
                connection.execute(table.update().where(key == identifier).values(values))
        last = rows[-1][0]


def _wished(raw: bytes) -> bytes:
    """Return a need in which support in no known language is not asked for."""
    content = orjson.loads(raw)
    support = content.get("support")
    if "details" in content or not isinstance(support, dict) or support.get("languages", 0) is not None:
        return raw
    return orjson.dumps({**content, "support": {**support, "languages": []}})


def _numbered(raw: bytes) -> bytes:
    """Return a profile without the number nought, which nobody has."""
    content = orjson.loads(raw)
    numbers = content.get("identifiers")
    if not isinstance(numbers, list) or all(_is_given(one) for one in numbers):
        return raw
    return orjson.dumps({**content, "identifiers": [one for one in numbers if _is_given(one)]})


def _is_given(identifier: object) -> bool:
    return not isinstance(identifier, dict) or str(identifier.get("value")).strip("0 ") != ""
