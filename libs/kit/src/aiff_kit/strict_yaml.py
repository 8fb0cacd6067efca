"""YAML without the surprises of YAML 1.1.

Only `true` and `false` are booleans (so `no` stays the country code of Norway), dates and
numbers in base 60 stay text, and a repeated key is a fault instead of a silent replacement.
"""

import re
from typing import Any

import yaml

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


def parse_yaml(text: str) -> Any:
    """Return what a YAML document says, or raise `yaml.YAMLError` with the line."""
    # The loader is a subclass of the safe one.
    return yaml.load(text, Loader=_Loader)  # noqa: S506
