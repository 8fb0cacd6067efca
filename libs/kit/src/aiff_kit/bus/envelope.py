"""CloudEvents 1.0 in binary mode: attributes as `ce_` headers, the data as the value."""

from datetime import datetime
from uuid import UUID

from aiff_contracts.codec import event_data_json, parse_event_data
from aiff_contracts.events import REGISTRY, Event
from aiff_kit.bus.ports import Record

# CloudEvents' distributed tracing extension, as a header.
TRACEPARENT = "ce_traceparent"


class UnknownEventTypeError(ValueError):
    """The record's type is not registered in this version of the code."""


def record_of(event: Event) -> Record:
    """Return the record that carries an event."""
    headers = {
        "ce_specversion": "1.0",
        "ce_id": str(event.id),
        "ce_type": event.type,
        "ce_source": event.source,
        "ce_subject": event.key,
        "ce_time": event.time.isoformat(),
        "ce_sequence": str(event.sequence),
        "content-type": "application/json",
    }
    if event.traceparent:
        headers[TRACEPARENT] = event.traceparent
    if event.request_id:
        headers["ce_requestid"] = event.request_id
    topic = REGISTRY[event.type].topic
    return Record(topic=topic, key=event.key, value=event_data_json(event), headers=headers)


def event_of(record: Record) -> Event:
    """Return the event that a record carries.

    Raises UnknownEventTypeError for a type that is not registered, KeyError or ValueError for
    headers or data that no registered schema allows.
    """
    headers = record.headers
    name = headers["ce_type"]
    if name not in REGISTRY:
        message = f"unknown event type {name!r}"
        raise UnknownEventTypeError(message)
    return Event(
        id=UUID(headers["ce_id"]),
        type=name,
        source=headers["ce_source"],
        key=record.key,
        sequence=int(headers["ce_sequence"]),
        time=datetime.fromisoformat(headers["ce_time"]),
        data=parse_event_data(name, record.value),
        traceparent=headers.get(TRACEPARENT),
        request_id=headers.get("ce_requestid"),
    )
