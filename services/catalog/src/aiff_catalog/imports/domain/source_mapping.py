"""What a partner's files mean, kept under the name of their source and used again."""

from dataclasses import dataclass, replace
from datetime import datetime

from aiff_catalog.imports.domain.column_mapping import ColumnMapping
from aiff_catalog.shared.errors import StaleVersionError


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMapping:
    """The mapping of a source in a version; version 0 is one that nobody has written."""

    partner: str
    source: str
    mapping: ColumnMapping
    version: int = 0
    updated_at: datetime
    author: str


def next_mapping(
    current: SourceMapping | None, wanted: SourceMapping, expected: int | None
) -> SourceMapping:
    """Return the mapping in its next version; the current one where nothing differs.

    Raises StaleVersionError where the writer read another version (None: any).
    """
    standing = 0 if current is None else current.version
    if expected is not None and expected != standing:
        raise StaleVersionError(expected, standing)
    if current is not None and current.mapping == wanted.mapping:
        return current
    return replace(wanted, version=standing + 1)
