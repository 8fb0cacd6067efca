"""Strong ETags made of an object's version, and the two preconditions on them."""

import re

from starlette.requests import Request

from aiff_kit.problems import PRECONDITION_FAILED, PRECONDITION_REQUIRED, Problem

_TAG = re.compile(r'(?:W/)?"([^"]*)"')


def versioned_etag(version: int, variant: str = "") -> str:
    """Return the ETag of a version; `variant` tells representations of one version apart."""
    return f'"{version}-{variant}"' if variant else f'"{version}"'


def if_none_match(request: Request, etag: str) -> bool:
    """Tell whether the client already holds this representation (then answer 304)."""
    given = request.headers.get("if-none-match")
    if given is None:
        return False
    return given.strip() == "*" or etag.strip('"') in _TAG.findall(given)


def match_version(request: Request) -> int | None:
    """Return the version that If-Match names (None for `*`).

    Raises 428 when the header is absent and 412 when it names no version of ours. The variant
    part is ignored: it does not change what a write would overwrite.
    """
    given = request.headers.get("if-match")
    if given is None:
        raise Problem(PRECONDITION_REQUIRED)
    if given.strip() == "*":
        return None
    for tag in _TAG.findall(given):
        version = tag.split("-")[0]
        if version.isascii() and version.isdigit():
            return int(version)
    raise Problem(PRECONDITION_FAILED)
