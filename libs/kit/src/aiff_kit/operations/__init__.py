"""What an operator does with a running service: look at its events, replay, compare, repair."""

from aiff_kit.operations.commands import event_commands, refusals, show_comparisons
from aiff_kit.operations.events import ConsumerGroup, EventOperations, handling
from aiff_kit.operations.reconciliation import (
    Comparison,
    DerivedCopy,
    Difference,
    compare,
    reconcile,
)
from aiff_kit.operations.states import KeyState, states_of
from aiff_kit.operations.tables import table

__all__ = [
    "Comparison",
    "ConsumerGroup",
    "DerivedCopy",
    "Difference",
    "EventOperations",
    "KeyState",
    "compare",
    "event_commands",
    "handling",
    "reconcile",
    "refusals",
    "show_comparisons",
    "states_of",
    "table",
]
