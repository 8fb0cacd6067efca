"""Counting beside the answers."""

from datetime import UTC, datetime

from aiff_kit.tally import Tally
from aiff_kit.testing import SettableClock

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def tally_of(written, clock=None):
    return Tally(
        lambda day, amounts: written.append((day, dict(amounts))), clock or SettableClock(NOW)
    )


def test_amounts_add_up_and_are_written_once():
    written = []
    tally = tally_of(written)
    tally.add({"a": 1, "b": 0.5})
    tally.add({"a": 1})
    tally.write()
    tally.write()
    assert written == [(NOW.date(), {"a": 2, "b": 0.5})]


def test_what_cannot_be_written_is_lost_and_the_next_is_not():
    written, broken = [], [True]

    def write(day, amounts):
        if broken:
            raise OSError(broken.pop())
        written.append((day, dict(amounts)))

    tally = Tally(write, SettableClock(NOW))
    for name in ("lost", "kept"):
        tally.add({name: 1})
        tally.write()
    assert written == [(NOW.date(), {"kept": 1})]


def test_a_flood_of_names_fills_no_memory(monkeypatch):
    monkeypatch.setattr("aiff_kit.tally._MOST_NAMES", 3)
    written = []
    tally = tally_of(written)
    for number in range(10):
        tally.add({str(number): 1})
    tally.write()
    assert len(written[0][1]) == 3
