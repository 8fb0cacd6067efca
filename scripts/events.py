"""Write what follows from the event classes: frozen schemas, docs/events.md, AsyncAPI.

A schema that is already frozen is never rewritten: when the data class no longer gives the
same schema, the script refuses and says that a new version of the type is needed.
"""

import json
import sys
from pathlib import Path
from typing import Any

from aiff_contracts.codec import frozen_schema, schema_of
from aiff_contracts.events import REGISTRY, EventType

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ROOT / "libs/contracts/src/aiff_contracts/schemas"


def frozen_path(entry: EventType) -> Path:
    """Return where the frozen schema of an event type lies."""
    return SCHEMAS / f"{entry.name}.json"


def rendered(document: dict[str, Any]) -> str:
    """Return a JSON document as it is committed."""
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def differing() -> list[str]:
    """Return the names of the types whose class no longer gives the frozen schema."""
    return [
        entry.name
        for entry in REGISTRY.values()
        if frozen_path(entry).exists()
        and frozen_path(entry).read_text(encoding="utf-8") != rendered(frozen_schema(entry.data))
    ]


def table() -> str:
    """Return docs/events.md."""
    rows = [
        f"| `{entry.name}` | `{entry.topic}` | {(entry.data.__doc__ or '').splitlines()[0]} |"
        for entry in REGISTRY.values()
    ]
    return "\n".join(
        [
            "# Events",
            "",
            "Made by `make events` from `aiff_contracts.events`. Envelope: CloudEvents 1.0",
            "in binary mode (`ce_` headers); key: the aggregate's id; `ce_sequence`: its",
            "version. Delivery is at least once: a consumer ignores a sequence that is not",
            "above the last one of the key.",
            "",
            "| type | topic | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def asyncapi() -> dict[str, Any]:
    """Return the AsyncAPI 3.0 document of all topics."""
    channels: dict[str, Any] = {}
    for entry in REGISTRY.values():
        channel = channels.setdefault(
            entry.topic.replace(".", "_"), {"address": entry.topic, "messages": {}}
        )
        channel["messages"][entry.name] = {
            "name": entry.name,
            "contentType": "application/json",
            "summary": (entry.data.__doc__ or "").splitlines()[0],
            "payload": schema_of(entry.data),
        }
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "AI Factory France: events", "version": "1.0.0"},
        "channels": channels,
    }


def main() -> None:
    """Freeze new schemas and write the documents."""
    changed = differing()
    if changed:
        sys.exit(f"frozen schema differs: {', '.join(changed)}; register a new version instead")
    SCHEMAS.mkdir(exist_ok=True)
    for entry in REGISTRY.values():
        frozen_path(entry).write_text(rendered(frozen_schema(entry.data)), encoding="utf-8")
    (ROOT / "docs/events.md").write_text(table(), encoding="utf-8")
    (ROOT / "docs/api/asyncapi.json").write_text(rendered(asyncapi()), encoding="utf-8")


if __name__ == "__main__":
    main()
