"""What only the embedded log has to say."""

import pytest

from aiff_kit.bus import BusUnavailableError, EmbeddedBus


def test_a_folder_that_cannot_be_used_is_said_at_once(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(BusUnavailableError, match="not usable"):
        EmbeddedBus(tmp_path / "file" / "events.db")
