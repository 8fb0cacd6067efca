"""One OpenAPI document out of those of several services."""

import json
from collections.abc import Mapping
from importlib.metadata import version
from importlib.resources import files
from typing import Any

Document = Mapping[str, Any]

_PREFIX = "#/components/"
# By operation: a body that is taken as it stands where the objects that it names are there; by
# media type where there are several. The tests send every one of them.
EXAMPLES: Mapping[str, Any] = json.loads(
    files(__package__).joinpath("examples.json").read_text(encoding="utf-8")
)
SECURITY_SCHEMES: Mapping[str, Any] = {
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "An API key, for programs. Never put it into an address.",
    },
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A session token from POST /v1/sessions, or an API key.",
    },
}
_DESCRIPTION = (
    "Catalogue and matchmaking of AI Factory France. Reading is open to everybody; writing needs"
    " an API key or a session. Every error is a problem document (RFC 9457) whose `type` is a page."
    " What is listed is under the Licence Ouverte 2.0. A change that breaks clients is announced a"
    " year ahead by the headers Deprecation and Sunset."
)
_CONTACT = {"name": "AI Factory France, Cap Digital", "url": "https://www.capdigital.com/"}
_LICENCE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
TAGS: Mapping[str, str] = {
    "accounts": "Signing in, sessions, who one is, API keys.",
    "alerts": "What changed for a stored need, and how often its owner is told.",
    "audit": "The log of decisions, for auditors.",
    "compute": "All ways to GPU hours side by side: public machines and private clouds.",
    "dossiers": "What a programme asks, filled in from what a start-up told.",
    "exchange": "The change feed, dumps in public formats, calendars and the sitemap.",
    "exposure": "How often the offers of each partner are shown.",
    "imports": "Files and feeds of a partner: mapping, preview, errors, application.",
    "introductions": "Requests of start-ups to meet a provider, and what becomes of them.",
    "journeys": "The way of a start-up through offers, in order and with dates.",
    "mail": "What one is sent, which lists one gets, and the click that ends one.",
    "matches": "What a start-up can get, why, and what would change a refusal.",
    "needs": "The stored needs of a start-up.",
    "offers": "The listings: found, read, compared, written, published, withdrawn.",
    "organisations": "Who stands behind offers.",
    "partner side": "Stored searches of partners for start-ups that agreed to be found.",
    "partners": "What partners may do, and what came from their systems.",
    "quality": "What the checks find in listings, duplicates, and errors that readers report.",
    "reviews": "The queue of curators: claim, comment, approve, refuse.",
    "rules": "Eligibility rules, checked before they are published.",
    "start-ups": "The profiles of start-ups, and who may find them.",
    "statistics": "What is searched, and how well the catalogue covers what is needed.",
    "teams": "The organisations that people belong to, their members and who acts for them.",
    "vocabularies": "The words of the catalogue, their synonyms and their editions.",
}


def merged(documents: Mapping[str, Document | None], server: str = "/") -> dict[str, Any]:
    """Return the document of the whole API; `documents` are by service name.

    A service that did not answer is given as None and is named in `x-missing`. Components of the
    same name and content are one; where the content differs, the later service's gets its
    service's name in front. The order of services does not change what an operation means.
    """
    paths: dict[str, Any] = {}
    components: dict[str, dict[str, Any]] = {}
    for name in sorted(documents):
        document = documents[name]
        if document is not None:
            _add(name, document, paths, components)
    _exemplify(paths)
    components["securitySchemes"] = dict(SECURITY_SCHEMES)
    result: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "AI Factory France",
            "version": version("aiff-gateway"),
            "summary": "Service catalogue and matchmaking for AI start-ups.",
            "description": _DESCRIPTION,
            "contact": _CONTACT,
            "license": _LICENCE,
        },
        "servers": [{"url": server}],
        "tags": _described(paths),
        "paths": dict(sorted(paths.items())),
        "components": {kind: dict(sorted(held.items())) for kind, held in components.items()},
        # An empty requirement means that the call may also be made without a credential.
        "security": [{}, {"apiKey": []}, {"bearer": []}],
    }
    missing = sorted(name for name, document in documents.items() if document is None)
    return result | ({"x-missing": missing} if missing else {})


def _described(paths: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the groups that operations are in, each with what it is about where that is known."""
    operations = [one for held in paths.values() for one in held.values() if isinstance(one, dict)]
    used = sorted({tag for operation in operations for tag in operation.get("tags", ())})
    return [{"name": tag} | ({"description": TAGS[tag]} if tag in TAGS else {}) for tag in used]


def _exemplify(paths: Mapping[str, Any]) -> None:
    """Give each body its example, in each media type that has one."""
    for operation in (one for held in paths.values() for one in held.values()):
        if not isinstance(operation, dict) or operation.get("operationId") not in EXAMPLES:
            continue
        example = EXAMPLES[operation["operationId"]]
        content = operation["requestBody"]["content"]
        by_type = example if len(content) > 1 else dict.fromkeys(content, example)
        for media_type, one in by_type.items():
            content[media_type] = {**content[media_type], "example": one}


def problem_types(documents: Mapping[str, Document | None]) -> dict[str, Any]:
    """Return every kind of problem that the services describe, by slug."""
    kinds: dict[str, Any] = {}
    for document in documents.values():
        kinds |= (document or {}).get("x-problem-types", {})
    return dict(sorted(kinds.items()))


def _add(
    name: str, document: Document, paths: dict[str, Any], components: dict[str, dict[str, Any]]
) -> None:
    own = {k: v for k, v in document.get("components", {}).items() if k != "securitySchemes"}
    renamed = _renamings(name, own, components)
    for kind, held in own.items():
        target = components.setdefault(kind, {})
        for title, content in held.items():
            reference = renamed.get(f"{_PREFIX}{kind}/{title}", f"{_PREFIX}{kind}/{title}")
            target[reference.rsplit("/", 1)[1]] = _with_references(content, renamed)
    for path, operations in document.get("paths", {}).items():
        paths.setdefault(path, {}).update(_tagged(name, _with_references(operations, renamed)))


def _renamings(
    name: str, own: Mapping[str, Any], components: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """Return new references for components that clash with different ones of the same name.

    Renaming one makes those that refer to it different too, so this goes on until none is left.
    """
    renamed: dict[str, str] = {}
    while True:
        clashing = {
            f"{_PREFIX}{kind}/{title}": f"{_PREFIX}{kind}/{name.capitalize()}{title}"
            for kind, held in own.items()
            for title, content in held.items()
            if title in components.get(kind, {})
            and components[kind][title] != _with_references(content, renamed)
        }
        if clashing.keys() <= renamed.keys():
            return renamed
        renamed |= clashing


def _with_references(value: Any, renamed: Mapping[str, str]) -> Any:
    """Return a copy of a part of a document with its references renamed."""
    if isinstance(value, dict):
        return {key: _with_references(inner, renamed) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_references(inner, renamed) for inner in value]
    return renamed.get(value, value) if isinstance(value, str) else value


def _tagged(name: str, operations: Any) -> dict[str, Any]:
    """Group operations without a tag of their own by their service."""
    return {
        method: {"tags": [name], **operation} if isinstance(operation, dict) else operation
        for method, operation in operations.items()
    }
