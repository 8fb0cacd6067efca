"""Which methods a path has, for the Allow header of a 405."""

import re
from collections.abc import Mapping
from typing import Any

from starlette.routing import compile_path

_VERBS = frozenset(("get", "put", "post", "delete", "patch", "options"))


def allowed(document: Mapping[str, Any], path: str) -> list[str]:
    """Return the methods that an OpenAPI document has for a path, in alphabetical order.

    HEAD goes with GET: the gateway answers it with the headers of GET.
    """
    methods: set[str] = set()
    for template, operations in document.get("paths", {}).items():
        if _pattern(template).match(path):
            methods |= {verb.upper() for verb in operations if verb in _VERBS}
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


def _pattern(template: str) -> re.Pattern[str]:
    return compile_path(template)[0]
