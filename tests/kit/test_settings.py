"""Settings are checked at start, and the local secret is one for all processes."""

import subprocess
import sys

import pytest

from aiff_kit.settings import RuntimeSettings, identity_secret

ASK = "from aiff_kit.settings import *; print(identity_secret(read(RuntimeSettings)))"


def runtime(folder, **values):
    return RuntimeSettings.model_validate({"AIFF_DATA_DIR": folder, **values})


def test_processes_that_start_together_share_one_whole_secret(tmp_path):
    folder = tmp_path / "data"
    command = [sys.executable, "-c", ASK]
    environment = {"AIFF_DATA_DIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    started = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    answers = [process.communicate()[0].strip() for process in started]
    kept = folder / "identity.secret"
    assert set(answers) == {kept.read_text()}
    assert len(kept.read_text()) >= 32
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["identity.secret"]


def test_a_secret_that_another_process_wrote_first_is_taken(tmp_path, monkeypatch):
    monkeypatch.setattr("pathlib.Path.exists", lambda _path: False)
    (tmp_path / "identity.secret").write_text("f" * 40)
    assert identity_secret(runtime(tmp_path)) == "f" * 40


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 40])
def test_a_kept_file_that_is_no_secret_is_refused_and_not_used(tmp_path, content):
    (tmp_path / "identity.secret").write_bytes(content)
    with pytest.raises(SystemExit, match=r"^cannot start: AIFF_DATA_DIR: .*identity\.secret is n"):
        identity_secret(runtime(tmp_path))


def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"^cannot start: AIFF_DATA_DIR: "):
        identity_secret(runtime(tmp_path / "file" / "data"))


@pytest.mark.parametrize("values", [{}, {"AIFF_IDENTITY_SECRET": "short"}])
def test_outside_development_the_secret_must_be_set_and_long(tmp_path, values):
    settings = runtime(tmp_path, AIFF_ENVIRONMENT="production", **values)
    with pytest.raises(SystemExit, match="AIFF_IDENTITY_SECRET must have at least 32"):
        identity_secret(settings)
    assert list(tmp_path.iterdir()) == []
