"""Events leave and arrive exactly with the data: outbox, relay, inbox, dead letters."""

from aiff_kit.outbox.dead_letters import DeadLetter, DeadLetters
from aiff_kit.outbox.depth import OutboxDepth
from aiff_kit.outbox.figures import EventFigures
from aiff_kit.outbox.handled import Handled
from aiff_kit.outbox.relay import Relay
from aiff_kit.outbox.subscription import PASSING, Handler, Subscription
from aiff_kit.outbox.tables import dead_letter_table, inbox_table, outbox_table
from aiff_kit.outbox.writer import EventTooLargeError, append, append_record, seen

__all__ = [
    "PASSING",
    "DeadLetter",
    "DeadLetters",
    "EventFigures",
    "EventTooLargeError",
    "Handled",
    "Handler",
    "OutboxDepth",
    "Relay",
    "Subscription",
    "append",
    "append_record",
    "dead_letter_table",
    "inbox_table",
    "outbox_table",
    "seen",
]
