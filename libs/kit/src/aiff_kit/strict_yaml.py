"""YAML without the surprises of YAML 1.1.

Only `true` and `false` are booleans (so `no` stays the country code of Norway), dates and
numbers in base 60 stay text, and a repeated key is a fault instead of a silent replacement.
"""

import re
from typing import Any

import yaml
from yaml import CSafeLoader
from yaml.composer import Composer
from yaml.constructor import ConstructorError

_RESOLVERS = {
    "tag:yaml.org,2002:null": (re.compile(r"null|~|"), ["n", "~", ""]),
    "tag:yaml.org,2002:bool": (re.compile(r"true|false"), ["t", "f"]),
    "tag:yaml.org,2002:int": (re.compile(r"-?(0|[1-9][0-9]*)"), list("-0123456789")),
    "tag:yaml.org,2002:float": (
        re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?"),
        list("-0123456789"),
    ),
}


class _Loader(Composer, CSafeLoader):
    """The safe loader with the resolvers of YAML's JSON schema.

    libyaml reads the text, ten times faster than Python does. What it read is put together here
    all the same: nested without end, it is a fault and not the end of the process.
    """

    def __init__(self, text: str) -> None:
        CSafeLoader.__init__(self, text)
        Composer.__init__(self)


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
    return loader.construct_mapping(node, deep=True)


def _refused(message: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return ConstructorError(None, None, message, node.start_mark)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def parse_yaml(text: str) -> Any:
    """Return what a YAML document says, or raise `yaml.YAMLError` with the line."""
    # The loader is a subclass of the safe one.
    return yaml.load(text, Loader=_Loader)  # noqa: S506
