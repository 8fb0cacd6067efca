"""What tests of several services need: a clock to set, a count of SQL statements, a fault."""

from aiff_kit.testing.clock import SettableClock
from aiff_kit.testing.faults import PassingFaultError, fails_once
from aiff_kit.testing.statements import StatementCounter

__all__ = ["PassingFaultError", "SettableClock", "StatementCounter", "fails_once"]
