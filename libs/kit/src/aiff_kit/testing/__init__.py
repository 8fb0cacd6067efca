"""What tests share: a clock to set, a count of statements, a fault, an environment."""

from aiff_kit.testing.clock import SettableClock
from aiff_kit.testing.environment import part_from, settings_from
from aiff_kit.testing.faults import PassingFaultError, fails_once
from aiff_kit.testing.statements import StatementCounter

__all__ = [
    "PassingFaultError",
    "SettableClock",
    "StatementCounter",
    "fails_once",
    "part_from",
    "settings_from",
]
