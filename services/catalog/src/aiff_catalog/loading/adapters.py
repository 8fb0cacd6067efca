"""Reading the catalogue's YAML files, and its export: one JSON object a line."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import yaml

from aiff_catalog.loading.application import ORGANISATIONS, SourceFile
from aiff_contracts.codec import Fault
from aiff_kit.strict_yaml import parse_yaml


def read_folder(root: Path) -> tuple[SourceFile, ...]:
    """Read every `<kind>/<slug>.yaml` and `organisations/<slug>.yaml` below a folder, in order.

    Raises FileNotFoundError where there is no such folder or no file in it.
    """
    files = tuple(read_file(path, root) for path in _files(root))
    if not files:
        message = f"no catalogue files under {root}"
        raise FileNotFoundError(message)
    return files


def read_file(path: Path, root: Path) -> SourceFile:
    """Read one file; a fault of its YAML is kept with the line, not raised."""
    place = SourceFile(
        name=path.relative_to(root).as_posix(), folder=path.parent.name, slug=path.stem
    )
    try:
        value = parse_yaml(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        return replace(place, unreadable=_fault(error))
    except (yaml.YAMLError, OSError, RecursionError, ValueError) as error:
        return replace(place, unreadable=Fault("", "yaml_invalid", str(error)))
    return replace(place, value=value)


class Lines(Collection[SourceFile]):
    """The lines of an export, read again each time: it may be larger than the memory."""

    def __init__(self, path: Path) -> None:
        """Count the lines of the file."""
        self._path = path
        with path.open("rb") as lines:
            self._count = sum(1 for _ in lines)

    def __iter__(self) -> Iterator[SourceFile]:
        """Yield what each line says."""
        with self._path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                yield _line(f"{self._path.name}, line {number}", line)

    def __len__(self) -> int:
        """Return the number of lines."""
        return self._count

    def __contains__(self, wanted: object) -> bool:
        """Tell whether a line says this."""
        return any(one == wanted for one in self)


def read_lines(path: Path) -> Collection[SourceFile]:
    """Open an export; FileNotFoundError where there is none or it is empty."""
    lines = Lines(path)
    if not lines:
        message = f"no lines in {path}"
        raise FileNotFoundError(message)
    return lines


def _line(name: str, raw: bytes) -> SourceFile:
    try:
        value = orjson.loads(raw)
        given = value.pop("id", None)
        offer_id = None if given is None else UUID(given)
        folder = ORGANISATIONS if value.pop("record", "offer") == "organisation" else _kind(value)
        slug = str(value.get("slug", ""))
    except (AttributeError, TypeError, ValueError) as error:
        fault = Fault("", "line_invalid", f"not a record of this export: {error}")
        return SourceFile(name=name, folder="", slug="", unreadable=fault)
    return SourceFile(name=name, folder=folder, slug=slug, value=value, offer_id=offer_id)


def _kind(value: dict[str, Any]) -> str:
    details = value.get("details")
    return str(details.get("kind", "")) if isinstance(details, dict) else ""


def _files(root: Path) -> Iterator[Path]:
    yield from sorted(path for path in root.glob("*/*.yaml") if path.is_file())


def _fault(error: yaml.MarkedYAMLError) -> Fault:
    line = error.problem_mark.line + 1 if error.problem_mark else 0
    return Fault("", "yaml_invalid", f"line {line}: {error.problem or error}")
