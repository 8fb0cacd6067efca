"""Starting, stopping and looking at the product as a new user does."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.system.conftest import CATALOGUE, People, start

from aiff_local.processes import free_port
from aiff_local.product import CannotStartError


def test_the_first_page_tells_a_person_and_a_program_where_to_go(anonymous):
    for language in ("fr", "en"):
        asked = {"Accept": "text/html", "Accept-Language": language}
        page = anonymous.get("/", headers=asked, follow_redirects=True)
        assert page.url.path == f"/{language}/"
        assert page.headers["content-type"].startswith("text/html")
        assert f'<html lang="{language}">' in page.text
        assert f"/{language}/api" in page.text
    index = anonymous.get("/", headers={"Accept": "application/json"})
    assert index.json()["links"]


def test_the_api_document_covers_every_service_and_the_page_shows_it(anonymous):
    document = anonymous.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {"/v1/offers", "/v1/matches", "/v1/startups", "/v1/api-keys"} <= set(document["paths"])
    page = anonymous.get("/docs", headers={"Accept": "text/html"}, follow_redirects=True)
    assert page.url.path == "/fr/api"
    assert "POST /v1/matches" in page.text


def test_the_committed_api_document_is_the_one_that_is_served(anonymous):
    committed = Path(__file__).resolve().parents[3] / "docs/api/openapi.json"
    served = anonymous.get("/openapi.json").json()
    assert json.loads(committed.read_text(encoding="utf-8")) == served


def test_the_product_says_that_it_is_ready(anonymous):
    assert anonymous.get("/health/live").status_code == 200
    assert anonymous.get("/health/ready").status_code == 200


def test_stopping_and_starting_again_keeps_all_data(tmp_path, few):
    with start(tmp_path, few) as first, People(first) as people:
        founder = people.sign_in("f@example.org", "startup")
        made = founder.post("/v1/startups", json={"name": "Durable"}).json()
        token = founder.headers["authorization"]
    with start(tmp_path, few) as second, People(second) as people:
        again = people.client(Authorization=token)
        assert again.get(f"/v1/startups/{made['id']}").json() == made
        assert again.get("/v1/offers?q=jean+zay").json()["items"]


def test_a_process_that_is_killed_is_started_again(tmp_path, few):
    with start(tmp_path, few) as product:
        product.running["matching"].kill()
        product.running["matching"].wait()
        product.revive()
        assert product.running["matching"].poll() is None


def test_a_taken_port_is_one_clear_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = start_command(tmp_path, AIFF_GATEWAY_PORT=str(port))
    assert done.returncode == 1
    assert (
        done.stderr.strip()
        == f"cannot start: port {port} is taken: set AIFF_GATEWAY_PORT to another one"
    )


def test_a_data_folder_that_cannot_be_used_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    done = start_command(tmp_path / "file", AIFF_GATEWAY_PORT="0")
    assert done.returncode == 1
    assert "AIFF_GATEWAY_PORT must be a port number" in done.stderr
    done = start_command(tmp_path / "file", AIFF_GATEWAY_PORT="18765")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "is not usable" in done.stderr


def start_command(folder, **settings):
    return subprocess.run(
        [sys.executable, "-m", "aiff_local", "run", "--catalogue", str(CATALOGUE)],
        env={**os.environ, "AIFF_DATA_DIR": str(folder), **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_broken_database_is_one_clear_line(tmp_path):
    (tmp_path / "catalog.db").write_bytes(b"this is not a database" * 100)
    with pytest.raises(CannotStartError, match="catalog-migrate failed"), start(tmp_path):
        pass


def test_two_products_never_share_a_folder(product):
    with pytest.raises(CannotStartError, match="in use"), start(product.data_dir):
        pass


def test_an_interrupt_stops_every_process(tmp_path, few):
    port = free_port()
    settings = {"AIFF_DATA_DIR": str(tmp_path), "AIFF_GATEWAY_PORT": str(port)}
    command = [sys.executable, "-m", "aiff_local", "run", "--catalogue", str(few)]
    with subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True
    ) as running:
        printed = []
        for line in running.stdout:
            printed.append(line)
            if line.startswith("ready:"):
                break
        running.send_signal(signal.SIGINT)
        printed += running.stdout.readlines()
    assert running.returncode == 0
    assert printed[-1] == "stopped\n"
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
