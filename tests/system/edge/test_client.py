"""A partner's program and its people's terminal use the API through the client."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.system.catalogue.test_imports import HEADER, MAPPING

from aiff_client import Client, ProblemError, each, edit

AIFF = Path(sys.executable).with_name("aiff")
SCOPES = ("offers:write",)


@pytest.fixture(scope="module")
def key(product, people, partner):
    assert partner is not None
    made = people.gateway(
        *("keys", "add", "portail@example.org", "--name", "client"),
        *(part for scope in SCOPES for part in ("--scope", scope)),
    )
    return made.rpartition(" ")[2].strip()


def aiff(product, *arguments, key="", code=0):
    environment = {**os.environ, "AIFF_API_URL": product.url, "AIFF_API_KEY": key, "LANG": "C"}
    done = subprocess.run(
        [AIFF, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_all_offers_of_a_kind_are_read_page_after_page(product):
    with Client(product.url) as client:
        found = [one.slug for one in each(client.search_offers, kind=["training"], limit=10)]
        counted = client.search_offers(kind=["training"], limit=1, count=True).body.count
    assert len(found) == len(set(found)) == counted
    assert counted > 10


def test_what_is_refused_is_told_with_its_kind(product):
    with Client(product.url) as client, pytest.raises(ProblemError) as caught:
        client.read_offer("no-such-offer")
    assert (caught.value.status, caught.value.kind) == (404, "not-found")
    assert caught.value.request_id


def test_a_draft_is_made_once_and_changed_as_it_was_read(product, key):
    with Client(product.url, key) as client:
        content = client.read_offer("scaleway-h100-sxm-8").body.model_dump(mode="json")
        kept = {name: content[name] for name in ("title", "summary", "sources", "details")}
        roles = [{"organisation": "scaleway", "role": "provider"}]
        draft = {**kept, "slug": "made-by-the-client", "organisations": roles}
        made = [client.create_offer(draft, idempotency_key="once").body.id for _ in range(2)]
        changed = edit(
            lambda: client.read_working_copy(str(made[0])),
            lambda _, etag: client.patch_offer(
                str(made[0]), {"title": {"fr": "Titre", "en": "Title"}}, if_match=etag
            ),
        )
    assert made[0] == made[1]
    assert changed.etag


def test_a_terminal_finds_and_asks(product, tmp_path):
    assert "jean-zay-h100" in aiff(product, "offers", "search", "jean zay h100")
    question = tmp_path / "profile.json"
    question.write_text('{"profile": {"country": "FR"}, "need": {"kinds": ["compute"]}}')
    for command in ("match", "plan", "journey"):
        assert json.loads(aiff(product, command, str(question), "--json"))
        assert aiff(product, command, str(question))
    refused = aiff(product, "offers", "search", "--kind", "soup", code=1)
    assert "/kind" in refused


def test_a_file_is_looked_through_from_the_terminal(product, key, tmp_path):
    sheet, refused = tmp_path / "rows.csv", tmp_path / "refused.csv"
    lines = (HEADER, ["T-1", "terminal-1", "Un", "One", ""], ["T-2", "terminal-2", "=1", "Two", ""])
    sheet.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    with Client(product.url, key) as client:
        client.put_import_mapping("scaleway", "terminal", MAPPING, if_match='"0"')
    options = ("--partner", "scaleway", "--source", "terminal", "--errors", str(refused))
    told = aiff(product, "import", str(sheet), *options, key=key, code=4)
    assert told.splitlines()[1].split() == ["1", "0", "0", "1"]
    assert "T-2" in refused.read_text()
