"""Partners' objects `{"external_id", "offer"}`: one a line (NDJSON), or all in one JSON array.

JSON is UTF-8; a mark that says so, or that it is UTF-16, is believed (RFC 8259, section 8.1, lets a
reader pass it over).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from aiff_catalog.imports.adapters.encodings import encoding_of
from aiff_catalog.imports.adapters.lines import BoundedLines
from aiff_catalog.imports.adapters.table import FileLimits, require_count, require_size
from aiff_catalog.imports.application.ports import ImportRow
from aiff_catalog.imports.domain.cells import CellFault, identifier_fault, identifier_of
from aiff_catalog.imports.domain.column_mapping import EXTERNAL_ID, LINE, REASON
from aiff_catalog.shared.errors import FileRefusedError

_OFFER = "offer"


class ObjectFile:
    """Objects of a file, each with the identifier and the content of an offer."""

    columns: Sequence[str] = ()

    def __init__(self, path: Path, limits: FileLimits) -> None:
        """Measure the file; FileRefusedError where it is too large."""
        lined = path.suffix.lower() == ".ndjson"
        require_size(path, limits.file_bytes if lined else limits.array_bytes)
        self._path, self._limits = path, limits
        self._encoding = encoding_of(path, "utf-8")
        self._read: Callable[[], Iterator[tuple[int, Any]]] = self._lines if lined else self._array

    def rows(self) -> Iterator[ImportRow]:
        """Yield the objects; what is none is a faulty row."""
        for count, (line, value) in enumerate(self._read(), 1):
            require_count(count, line, self._limits)
            yield value if isinstance(value, ImportRow) else _object_row(line, value)

    def column_of(self, pointer: str) -> str | None:
        """Return where in the row's object a field is."""
        return f"/offer{pointer}"

    def _lines(self) -> Iterator[tuple[int, Any]]:
        # Bytes that are no text are a fault of their line, not of the file.
        with self._path.open(
            encoding=self._encoding, errors="surrogateescape", newline="\n"
        ) as text:
            for line, one in enumerate(BoundedLines(text, self._limits.row_bytes), 1):
                if one.strip():
                    yield line, _parsed(line, one)

    def _array(self) -> Iterator[tuple[int, Any]]:
        try:
            values = orjson.loads(self._path.read_bytes().decode(self._encoding))
        except orjson.JSONDecodeError as error:
            raise FileRefusedError(error.lineno, f"not JSON: {error.msg}") from error
        except UnicodeError as error:
            raise FileRefusedError(1, f"not JSON: not {self._encoding}") from error
        if not isinstance(values, list):
            raise FileRefusedError(1, 'not an array of {"external_id", "offer"}')
        yield from enumerate(values, 1)


def _parsed(line: int, text: str) -> Any:
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeError) as error:
        readable = text.encode(errors="surrogateescape").decode(errors="replace")
        detail = f"not JSON: {getattr(error, 'msg', 'not utf-8')}"
        return _faulty(line, {"unreadable": readable}, CellFault(None, "json_invalid", detail))


def _object_row(line: int, value: Any) -> ImportRow:
    if not isinstance(value, dict):
        fault = CellFault(None, "not_an_object", 'write {"external_id": ..., "offer": {...}}')
        return _faulty(line, {"unreadable": value}, fault)
    said = {key: inner for key, inner in value.items() if key not in {LINE, REASON}}
    offer = said.get(_OFFER)
    return ImportRow(
        line=line,
        external_id=_identifier(said) or "",
        offer=offer if isinstance(offer, dict) else {},
        cells=said,
        faults=tuple(_faults(said)),
    )


def _identifier(said: Mapping[str, Any]) -> str | None:
    """Return the identifier; None where a value of another kind is given."""
    given = said.get(EXTERNAL_ID)
    if given is None:
        return ""
    return identifier_of(given) if isinstance(given, str | int | float) else None


def _faults(said: Mapping[str, Any]) -> Iterator[CellFault]:
    for key in sorted(said.keys() - {EXTERNAL_ID, _OFFER}):
        yield CellFault(f"/{key}", "key_unknown", "leave it out")
    if wrong := identifier_fault(f"/{EXTERNAL_ID}", _identifier(said)):
        yield wrong
    if said.get(_OFFER) is None:
        yield CellFault("/offer", "missing", "is missing; give the content of the offer")
    elif not isinstance(said[_OFFER], dict):
        yield CellFault("/offer", "not_an_object", "give the content of the offer")


def _faulty(line: int, cells: Mapping[str, Any], fault: CellFault) -> ImportRow:
    return ImportRow(line=line, external_id="", offer={}, cells=cells, faults=(fault,))
