"""`aiff`: tables for people, JSON for programs, one line and an exit code where it fails."""

import json
from pathlib import Path

import httpx2
import pytest
from tests.client.answering import Server, answer
from tests.client.test_sending import PROBLEM
from typer.testing import CliRunner

from aiff_client.cli import access, app, importing
from aiff_client.cli.access import AccessError, language, open_client

SUMMARY = {
    "id": "01a22f65-2e12-76e0-9d63-c6ece592ffc6",
    "slug": "jean-zay-h100",
    "kind": "compute",
    "title": {"fr": "Jean Zay, [bold]H100\x1b[31m", "en": "Jean Zay, H100 partition"},
    "summary": {"fr": "Calcul", "en": "Compute"},
    "providers": [{"name": "GENCI", "slug": "genci"}],
    "intake_status": "open",
    "next_deadline": {"on": "2026-12-09", "at": None, "timezone": "Europe/Paris"},
    "price_basis": "free",
    "close": False,
    "highlights": {},
    **dict.fromkeys(("audience", "languages", "sectors", "stages", "territories", "url")),
    "updated_at": "2026-11-23T11:00:00Z",
    "version": 1,
}
PAGE = {
    "items": [SUMMARY],
    "facets": {},
    "approximate": False,
    "degraded": False,
    **dict.fromkeys(("next", "prev", "count", "close_count", "unknown_count", "meaning")),
}
COUNTS = {"created": 2, "updated": 0, "unchanged": 0, "refused": 1}
IMPORT = {
    "id": "01a22f65-2e12-76e0-9d63-c6ece592ffc6",
    "partner": "scaleway",
    "format": "csv",
    "digest": "d",
    "size": 4,
    "foreseen": COUNTS,
    "outcome": {**COUNTS, "created": 1},
    "progress": {"done": 3, "rows": 3},
    "uploaded_at": "2026-11-23T11:00:00Z",
    "uploaded_by": "p",
    "version": 2,
    **dict.fromkeys(
        ("applied_by", "finished_at", "name", "previewed_at", "refusal", "source"), None
    ),
}


@pytest.fixture
def aiff(monkeypatch):
    """Run a command against the answers that are given."""
    monkeypatch.setattr(importing, "_LOOK_SECONDS", 0)

    def run(server, *arguments, lang="en_GB.UTF-8", given=None):
        for module in (app, importing):
            monkeypatch.setattr(module, "open_client", server.client)
        environment = {"LANG": lang, "LC_ALL": "", "LC_MESSAGES": "", "COLUMNS": "200"}
        return CliRunner().invoke(app.app, arguments, input=given, env=environment)

    return run


def test_a_search_is_a_table_in_the_language_of_the_terminal(aiff):
    server = Server(answer(body=PAGE))
    done = aiff(server, "offers", "search", "h100", "--kind", "compute")
    assert done.exit_code == 0
    heads, row = done.stdout.splitlines()
    assert heads.split() == ["offer", "title", "provider", "status", "deadline"]
    assert row.split("  ")[0] == "jean-zay-h100"
    assert "Jean Zay, H100 partition" in row
    assert "2026-12-09" in row
    assert dict(server.asked[0].url.params) == {"q": "h100", "kind": "compute", "limit": "20"}


def test_what_strangers_wrote_is_no_command_for_the_terminal(aiff):
    done = aiff(Server(answer(body=PAGE)), "offers", "search", lang="fr_FR.UTF-8")
    assert "offre" in done.stdout
    assert "[bold]H100" in done.stdout
    assert "\x1b" not in done.stdout


def test_programs_read_json(aiff):
    done = aiff(Server(answer(body=PAGE)), "offers", "search", "--json")
    shown = json.loads(done.stdout)
    assert shown["items"][0]["title"] == SUMMARY["title"]
    assert shown["next"] is None


def test_nothing_found_is_said(aiff):
    done = aiff(Server(answer(body={**PAGE, "items": []})), "offers", "search", "zzz")
    assert (done.exit_code, done.stdout) == (0, "nothing\n")


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (answer(422, PROBLEM), 1, "aiff: Not valid: 2 faults: /kind: say which kind"),
        (answer(401, PROBLEM), 1, "AIFF_API_KEY"),
        (answer(500, b"<h1>"), 1, "HTTP 500"),
        (httpx2.ConnectError("refused"), 3, "AIFF_API_URL"),
        (answer(200, b"{}", Content_Type="application/json"), 1, "a newer client may read it"),
    ],
)
def test_a_failure_is_one_line_with_what_to_do_and_an_exit_code(aiff, given, code, told):
    done = aiff(Server(given), "offers", "search")
    assert done.exit_code == code
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert told in line


@pytest.mark.parametrize("given", ["{", "[]", "3"])
@pytest.mark.parametrize("command", ["match", "plan", "journey"])
def test_a_question_that_is_no_json_object_is_wrong_use(aiff, command, given):
    server = Server(answer(500))
    done = aiff(server, command, "-", given=given)
    assert (done.exit_code, done.stdout, server.asked) == (2, "", [])
    assert "no valid JSON" in done.stderr


def test_a_question_may_stand_in_a_file_or_in_the_input(aiff, tmp_path):
    asked = tmp_path / "profile.json"
    asked.write_text('{"profile": {"country": "FR"}}')
    server = Server(answer(422, PROBLEM))
    aiff(server, "match", str(asked), "--limit", "3")
    aiff(server, "plan", "-", given='{"need": {}}')
    assert [json.loads(one.content) for one in server.asked] == [
        {"limit": 3, "profile": {"country": "FR"}},
        {"need": {}},
    ]
    assert aiff(server, "journey", str(tmp_path / "none.json")).exit_code == 2


def looked_at(state):
    return answer(body={**IMPORT, "state": state}, ETag='"2"')


def test_a_file_is_looked_through_and_nothing_written(aiff, tmp_path):
    sheet, refused = tmp_path / "file.csv", tmp_path / "refused.csv"
    sheet.write_bytes(b"a,b\n")
    working = looked_at("previewing")
    server = Server(working, working, looked_at("previewed"), answer(200, b"line,reason\n"))
    done = aiff(server, "import", str(sheet), "--partner", "scaleway", "--errors", str(refused))
    assert done.exit_code == 4, done.stderr
    assert done.stdout.splitlines()[1].split() == ["2", "0", "0", "1"]
    assert "--apply" in done.stdout
    assert refused.read_bytes() == b"line,reason\n"
    assert [one.method for one in server.asked] == ["POST", "GET", "GET", "GET"]
    assert server.asked[0].content == b"a,b\n"
    assert server.asked[0].headers["content-type"] == "text/csv"


def test_what_was_looked_at_is_applied_as_it_was_seen(aiff, tmp_path):
    sheet = tmp_path / "file.XLSX"
    sheet.write_bytes(b"PK")
    server = Server(
        *(looked_at(state) for state in ("previewing", "previewed", "applying", "applied"))
    )
    done = aiff(server, "import", str(sheet), "--partner", "scaleway", "--apply", "--json")
    assert json.loads(done.stdout)["outcome"]["created"] == 1
    posted = [one for one in server.asked if one.method == "POST"]
    assert posted[1].url.path.endswith("/apply")
    assert posted[1].headers["if-match"] == '"2"'


def test_a_worker_that_stands_still_is_not_waited_for(aiff, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "_PATIENCE_SECONDS", -1)
    sheet = tmp_path / "file.csv"
    sheet.write_bytes(b"a,b\n")
    done = aiff(Server(looked_at("previewing")), "import", str(sheet), "--partner", "scaleway")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "nothing moves" in done.stderr


def test_a_file_of_another_kind_is_wrong_use(aiff):
    server = Server(answer(500))
    done = aiff(server, "import", "file.pdf", "--partner", "scaleway")
    assert (done.exit_code, server.asked) == (2, [])
    assert ".csv" in done.stderr


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LC_MESSAGES": "fr_CA", "LANG": "en_GB"}, "fr"),
        ({"LC_ALL": "", "LANG": "FR"}, "fr"),
    ],
)
def test_the_language_is_that_of_the_terminal(environment, expected):
    assert language(environment) == expected


@pytest.fixture
def key_file(monkeypatch, tmp_path):
    path = tmp_path / "key"
    monkeypatch.setattr(access, "KEY_FILE", path)
    return path


def key_of(environment):
    with open_client(environment) as client:
        return client._http.headers.get("Authorization")


def test_a_key_comes_from_the_environment_or_from_a_private_file(key_file: Path):
    assert key_of({}) is None
    key_file.write_text("aiff_k_file\n")
    key_file.chmod(0o600)
    assert key_of({}) == "Bearer aiff_k_file"
    assert key_of({"AIFF_API_KEY": "aiff_k_given"}) == "Bearer aiff_k_given"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_that_others_can_read_is_not_used(key_file: Path, mode):
    key_file.write_text("aiff_k_file")
    key_file.chmod(mode)
    with pytest.raises(AccessError, match="chmod 600"):
        open_client({})


def test_a_wrong_address_names_its_setting(key_file: Path):
    assert not key_file.exists()
    with pytest.raises(AccessError, match="AIFF_API_URL"):
        open_client({"AIFF_API_URL": "api.example"})
