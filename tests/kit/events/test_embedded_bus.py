"""What only the embedded log has to say."""

import sqlite3

import pytest

from aiff_kit.bus import BusUnavailableError, EmbeddedBus, Record


def test_a_folder_that_cannot_be_used_is_said_at_once(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(BusUnavailableError, match="not usable"):
        EmbeddedBus(tmp_path / "file" / "events.db")


def test_an_older_state_leaves_the_file_and_older_events_stay(tmp_path):
    producer = EmbeddedBus(tmp_path / "events.db").producer()
    for value in (b"1", b"2"):
        producer.send([Record(topic, "a", value, {}) for topic in ("t", "t.state")])
    producer.close()
    with sqlite3.connect(tmp_path / "events.db") as connection:
        rows = connection.execute("SELECT topic, value FROM record ORDER BY position").fetchall()
    connection.close()
    assert rows == [("t", b"1"), ("t", b"2"), ("t.state", b"2")]
