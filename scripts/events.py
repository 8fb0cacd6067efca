"""Write what follows from the event classes: frozen schemas, docs/events.md, AsyncAPI.

A schema that is already frozen is never rewritten: when the data class no longer gives the
same schema, the script refuses and says that a new version of the type is needed.
"""

import json
import sys
from pathlib import Path
from typing import Any

from aiff_contracts.codec import frozen_schema, schema_of
from aiff_contracts.events import REGISTRY, STATE_TOPICS, EventType, dead_letter_topic

ROOT = Path(__file__).resolve().parents[1]
_DEAD_LETTER_HEADERS = ("consumer", "topic", "partition", "offset", "reason", "value")
DEAD_LETTERS: dict[str, Any] = {
    "summary": "Records that a consumer could not handle, as they came, with the reason",
    "messages": {
        "dead-letter": {
            "name": "dead-letter",
            "headers": {
                "type": "object",
                "properties": {
                    f"dead-letter-{name}": {"type": "string"} for name in _DEAD_LETTER_HEADERS
                },
                "required": [f"dead-letter-{name}" for name in _DEAD_LETTER_HEADERS[:-1]],
            },
            # Whatever came, also what is no JSON.
            "payload": {},
        }
    },
}
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
        if not entry.superseded
        and frozen_path(entry).exists()
        and frozen_path(entry).read_text(encoding="utf-8") != rendered(frozen_schema(entry.data))
    ]


def meaning(entry: EventType) -> str:
    """Return what an event of a type says, and whether it is still sent."""
    said = (entry.data.__doc__ or "").splitlines()[0]
    return f"Sent no more, still read: {said}" if entry.superseded else said


def table() -> str:
    """Return docs/events.md."""
    rows = [
        f"| `{entry.name}` | `{entry.topic}` | {meaning(entry)} |" for entry in REGISTRY.values()
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
            *beside(),
            "",
            "| type | topic | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def beside() -> list[str]:
    """Return what docs/events.md says of the topics of states and of dead letters."""
    topics = dict.fromkeys(entry.topic for entry in REGISTRY.values())
    return [
        "| topic | kept | what it is for |",
        "|---|---|---|",
        *(line for topic in topics for line in _rows_of(topic)),
        "",
        "The relay sends each event to its topic and to the topic of states. A record that a",
        "consumer cannot handle is kept in that consumer's database, which is the truth of what",
        "is still to be done, and shown on the topic of dead letters: the same key, value and",
        "headers, and the headers `dead-letter-consumer`, `-topic`, `-partition`, `-offset` and",
        "`-reason`. `aiff-ops events replay` has it handled again; the topic is only a log of what",
        "failed. A failed replay is shown again with its new reason. What an operator discards is",
        "shown once more with the header `dead-letter-discarded`, which says why.",
    ]


def _rows_of(topic: str) -> list[str]:
    rows = [f"| `{topic}` | as the cluster says | every event, in order per key |"]
    if topic in STATE_TOPICS:
        why = "the last event of each key: a new reader begins here and needs nobody"
        rows.append(f"| `{STATE_TOPICS[topic]}` | compacted | {why} |")
    why = "records that a consumer could not handle, with the reason"
    return [*rows, f"| `{dead_letter_topic(topic)}` | as the cluster says | {why} |"]


def payload(entry: EventType) -> dict[str, Any]:
    """Return the schema of a type's data: for one that is sent no more, as it was frozen."""
    if entry.superseded:
        frozen: dict[str, Any] = json.loads(frozen_path(entry).read_text(encoding="utf-8"))
        return frozen
    return schema_of(entry.data)


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
            "summary": meaning(entry),
            "payload": payload(entry),
        }
    for topic, states in STATE_TOPICS.items():
        original = channels[topic.replace(".", "_")]
        channels[states.replace(".", "_")] = {
            "address": states,
            "summary": "Compacted: the last event of each key",
            "messages": original["messages"],
        }
    for topic in dict.fromkeys(entry.topic for entry in REGISTRY.values()):
        channels[dead_letter_topic(topic).replace(".", "_").replace("-", "_")] = DEAD_LETTERS | {
            "address": dead_letter_topic(topic)
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
        if not entry.superseded:
            frozen_path(entry).write_text(rendered(frozen_schema(entry.data)), encoding="utf-8")
    (ROOT / "docs/events.md").write_text(table(), encoding="utf-8")
    (ROOT / "docs/api/asyncapi.json").write_text(rendered(asyncapi()), encoding="utf-8")


if __name__ == "__main__":
    main()
