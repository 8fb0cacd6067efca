"""Reading the catalogue's YAML files."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from aiff_catalog.application.loading import SourceFile
from aiff_contracts.codec import Fault
from aiff_kit.strict_yaml import parse_yaml


def read_folder(root: Path) -> tuple[SourceFile, ...]:
    """Read every `<kind>/<slug>.yaml` and `organisations/<slug>.yaml` below a folder, in order.

    Raises FileNotFoundError where there is no such folder or no file in it.
    """
    found = tuple(read_file(path, root) for path in _files(root))
    if not found:
        message = f"no catalogue files under {root}"
        raise FileNotFoundError(message)
    return found


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


def _files(root: Path) -> Iterator[Path]:
    yield from sorted(path for path in root.glob("*/*.yaml") if path.is_file())


def _fault(error: yaml.MarkedYAMLError) -> Fault:
    line = error.problem_mark.line + 1 if error.problem_mark else 0
    return Fault("", "yaml_invalid", f"line {line}: {error.problem or error}")
