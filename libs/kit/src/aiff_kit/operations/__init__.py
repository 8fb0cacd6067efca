"""What an operator does with a running service: look at its events, replay, compare, repair."""

from aiff_kit.operations.commands import event_commands, refusals, show_comparisons
from aiff_kit.operations.desk import EventDesk, Reader, handling
from aiff_kit.operations.reconciliation import Comparison, Difference, Place, compare, reconcile
from aiff_kit.operations.states import KeyState, states_of
from aiff_kit.operations.tables import table

__all__ = [
    "Comparison",
    "Difference",
    "EventDesk",
    "KeyState",
    "Place",
    "Reader",
    "compare",
    "event_commands",
    "handling",
    "reconcile",
    "refusals",
    "show_comparisons",
    "states_of",
    "table",
]
