"""Many changes of an OpenSearch index in one request; each has an outcome of its own."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from opensearchpy import OpenSearch

from aiff_catalog.search.adapters.opensearch.client import unavailable
from aiff_catalog.search.adapters.opensearch.schema import document_of
from aiff_catalog.search.domain.queries import IndexEntry
from aiff_catalog.shared.errors import SearchIndexUnavailableError

_BATCH = 500
_PAUSES = (0.2, 0.5, 1.0, 2.0)
_DONE = frozenset((200, 201))
# The engine has a newer version than this one already.
_NEWER_IS_THERE = 409
_NOT_THERE = 404
_BUSY = frozenset((429, 502, 503, 504))

Change = tuple[bytes, ...]


class EntryRefusedError(Exception):
    """The engine refuses an entry as it is; the others of its batch are written."""


def write(
    client: OpenSearch,
    index: str,
    entries: Iterable[IndexEntry],
    removed: Mapping[UUID, int],
    *,
    refresh: bool,
) -> None:
    """Put and remove entries; what the engine is too busy for is tried again, item by item.

    Each carries its offer's version, and the engine keeps the highest: an older write that
    comes late changes nothing. SearchIndexUnavailableError where the engine does not take the
    changes, EntryRefusedError where it never will.
    """
    changes = [_put(entry) for entry in entries]
    changes += [_removal(offer_id, version) for offer_id, version in removed.items() if version]
    for start in range(0, len(changes), _BATCH):
        _write(client, index, changes[start : start + _BATCH], refresh=refresh)


def _write(client: OpenSearch, index: str, changes: Sequence[Change], *, refresh: bool) -> None:
    refused: list[str] = []
    for pause in (*_PAUSES, None):
        outcomes = _send(client, index, changes, refresh=refresh)
        refused += [
            _reason(outcome)
            for outcome in outcomes
            if not _is_busy(outcome) and not _is_done(outcome)
        ]
        changes = [change for change, one in zip(changes, outcomes, strict=True) if _is_busy(one)]
        if not changes:
            break
        if pause is None:
            message = f"the search engine is too busy to take {len(changes)} changes"
            raise SearchIndexUnavailableError(message)
        time.sleep(pause)
    if refused:
        raise EntryRefusedError(f"{len(refused)} refused, the first: {refused[0]}")


def _send(
    client: OpenSearch, index: str, changes: Sequence[Change], *, refresh: bool
) -> list[Mapping[str, Any]]:
    body = b"\n".join(line for change in changes for line in change) + b"\n"
    params = {"refresh": "true" if refresh else "false"}
    with unavailable():
        answer = client.bulk(index=index, body=body, params=params)
    outcomes = [outcome for item in answer["items"] for outcome in item.values()]
    lost = [_reason(one) for one in outcomes if _is_index_lost(one)]
    if lost:
        raise SearchIndexUnavailableError(f"the search index is not there: {lost[0]}")
    return outcomes


def _put(entry: IndexEntry) -> Change:
    action = {"index": _versioned(entry.offer_id, entry.version)}
    document = orjson.dumps(document_of(entry), option=orjson.OPT_SERIALIZE_NUMPY)
    return orjson.dumps(action), document


def _removal(offer_id: UUID, version: int) -> Change:
    return (orjson.dumps({"delete": _versioned(offer_id, version)}),)


def _versioned(offer_id: UUID, version: int) -> dict[str, Any]:
    """Let the same version in again: the clock changes an entry without a new version."""
    return {"_id": str(offer_id), "version": version, "version_type": "external_gte"}


def _is_busy(outcome: Mapping[str, Any]) -> bool:
    return outcome["status"] in _BUSY


def _is_done(outcome: Mapping[str, Any]) -> bool:
    return outcome["status"] in _DONE or outcome["status"] in {_NEWER_IS_THERE, _NOT_THERE}


def _is_index_lost(outcome: Mapping[str, Any]) -> bool:
    """404 of an item also means that what was to be removed was not there, without an error."""
    return outcome["status"] == _NOT_THERE and "error" in outcome


def _reason(outcome: Mapping[str, Any]) -> str:
    error = outcome.get("error") or {}
    return f"{outcome['status']} {error.get('type')}: {error.get('reason')}"
