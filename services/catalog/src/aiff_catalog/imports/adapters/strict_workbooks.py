"""Workbooks in the strict form of ISO/IEC 29500 under the names of the other form.

A spreadsheet program saves either; the library that reads workbooks knows the names of the
transitional form alone. The two differ in the addresses of their namespaces (ISO/IEC 29500-4,
annex A), so each part is copied with those exchanged.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = b"http://schemas.openxmlformats.org/"
# As a value of an attribute: in a cell, such an address is a text like any other.
_NAME = re.compile(rb"(?<=[\"'])" + re.escape(_STRICT) + rb"([A-Za-z]+)")
# Families of names that had their year in them.
_DATED = (b"spreadsheetml", b"drawingml", b"officeDocument")
_XML = (".xml", ".rels")
_PARTS, _PIECE, _LONGEST_NAME = "_rels/.rels", 1_000_000, 200


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a workbook to be read as one of the transitional form.

    Raises what an archive that is broken raises.
    """
    if not _is_strict(path):
        with path.open("rb") as raw:
            yield raw
        return
    with TemporaryFile() as copy:
        with ZipFile(path) as given, ZipFile(copy, "w", ZIP_DEFLATED) as written:
            for part in given.namelist():
                with given.open(part) as old, written.open(part, "w", force_zip64=True) as new:
                    new.writelines(_renamed(old) if part.endswith(_XML) else _pieces(old))
        copy.seek(0)
        yield copy


def _is_strict(path: Path) -> bool:
    with ZipFile(path) as archive:
        if _PARTS not in archive.namelist():
            return False
        with archive.open(_PARTS) as part:
            return _STRICT in part.read(_PIECE)


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    while piece := part.read(_PIECE):
        yield piece


def _renamed(part: IO[bytes]) -> Iterator[bytes]:
    """Yield a part with the names exchanged, also those that lie across two pieces."""
    left = b""
    for piece in _pieces(part):
        whole = left + piece
        # Never end within a name: what may be the beginning of one waits for the next piece.
        begun = max(whole.rfind(b'"'), whole.rfind(b"'"))
        kept = begun if begun >= 0 and len(whole) - begun < _LONGEST_NAME else len(whole)
        left = whole[kept:]
        yield _NAME.sub(_usual, whole[:kept])
    yield _NAME.sub(_usual, left)


def _usual(name: re.Match[bytes]) -> bytes:
    family = name[1]
    return _USUAL + family + (b"/2006" if family in _DATED else b"")
