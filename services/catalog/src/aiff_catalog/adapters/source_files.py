"""Reading the catalogue's YAML files, without the surprises of YAML 1.1.

Only `true` and `false` are booleans (so `no` stays the country code of Norway), dates and
numbers in base 60 stay text, and a repeated key is a fault instead of a silent replacement.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from aiff_catalog.application.loading import SourceFile
from aiff_contracts.codec import Fault

_RESOLVERS = {
    "tag:yaml.org,2002:null": (re.compile(r"null|~|"), ["n", "~", ""]),
    "tag:yaml.org,2002:bool": (re.compile(r"true|false"), ["t", "f"]),
    "tag:yaml.org,2002:int": (re.compile(r"-?(0|[1-9][0-9]*)"), list("-0123456789")),
    "tag:yaml.org,2002:float": (
        re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?"),
        list("-0123456789"),
    ),
}


class _Loader(yaml.SafeLoader):
    """The safe loader with the resolvers of YAML's JSON schema."""


_Loader.yaml_implicit_resolvers = {}
for _tag, (_pattern, _firsts) in _RESOLVERS.items():
    _Loader.add_implicit_resolver(_tag, re.compile(f"(?:{_pattern.pattern})$"), _firsts)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.tag != "tag:yaml.org,2002:str":
            raise _refused("a key must be a text", key)
        if key.value in seen:
            raise _refused(f"the key {key.value!r} is repeated", key)
        seen.add(key.value)
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


def _refused(message: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.constructor.ConstructorError(None, None, message, node.start_mark)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


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
        # The loader is a subclass of the safe one.
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
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
