"""Counting beside the answers."""

from datetime import UTC, datetime

from aiff_kit.counters import BufferedCounter
from aiff_kit.testing import SettableClock

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def counter_of(written, clock=None):
    return BufferedCounter(
        lambda day, amounts: written.append((day, dict(amounts))), clock or SettableClock(NOW)
    )


def test_amounts_add_up_and_are_written_once():
    written = []
    counter = counter_of(written)
    counter.add({"a": 1, "b": 0.5})
    counter.add({"a": 1})
    counter.write()
    counter.write()
    assert written == [(NOW.date(), {"a": 2, "b": 0.5})]


def test_what_cannot_be_written_is_lost_and_the_next_is_not():
    written, broken = [], [True]

    def write(day, amounts):
        if broken:
            raise OSError(broken.pop())
        written.append((day, dict(amounts)))

    counter = BufferedCounter(write, SettableClock(NOW))
    for name in ("lost", "kept"):
        counter.add({name: 1})
        counter.write()
    assert written == [(NOW.date(), {"kept": 1})]


def test_a_flood_of_names_fills_no_memory(monkeypatch):
    monkeypatch.setattr("aiff_kit.counters._MOST_NAMES", 3)
    written = []
    counter = counter_of(written)
    for number in range(10):
        counter.add({str(number): 1})
    counter.write()
    assert len(written[0][1]) == 3
