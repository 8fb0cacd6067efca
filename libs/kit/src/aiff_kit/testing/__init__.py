"""What tests of several services need: a clock to set, a count of SQL statements."""

from aiff_kit.testing.clock import SettableClock
from aiff_kit.testing.statements import StatementCounter

__all__ = ["SettableClock", "StatementCounter"]
