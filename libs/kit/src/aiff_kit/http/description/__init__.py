"""What the API document says of operations, headers and schemas besides what routes declare."""

from aiff_kit.http.description.headers import (
    CREATE_IF_ABSENT,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    IF_MATCH_WHERE_SENT,
    IF_NONE_MATCH,
    answered_with,
)
from aiff_kit.http.description.operations import describe, sent_with

__all__ = [
    "CREATE_IF_ABSENT",
    "IDEMPOTENCY_KEY",
    "IF_MATCH",
    "IF_MATCH_WHERE_SENT",
    "IF_NONE_MATCH",
    "answered_with",
    "describe",
    "sent_with",
]
