"""Addresses in listings on every database: asked in turn, dead only when that is known."""

import http.server
import ipaddress
import threading
from dataclasses import replace

import pytest
from tests.catalog.support import BY_CURATOR, CURATOR, PARTNER, target

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.settings import Settings
from aiff_catalog.quality.adapters.links import SafeLinkAsker
from aiff_catalog.quality.application.link_checks import LinkCheckJob
from aiff_kit.bus import EmbeddedBus
from aiff_kit.outbound import Reach
from aiff_kit.service import read_settings

PAGE, SOURCE = "https://genci.fr/acces", "https://genci.fr/source"
SOURCES = [{"label": "page", "confidence": "sourced", "url": SOURCE}]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def database_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


class Web:
    """Answers as a test says, and remembers what it was asked; everything else is found."""

    def __init__(self):
        self.said, self.asked = {}, []

    def ask(self, url):
        self.asked.append(url)
        return self.said.get(url, ("alive", 200))


@pytest.fixture
def web():
    return Web()


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def rounds(place, web, pauses):
    known = place.catalog.quality.link_job
    return LinkCheckJob(known._open, web, place.clock, known._every, pauses.append)


def asked_once(rounds):
    while rounds.step():
        pass


def asked_daily(place, rounds, days):
    for _ in range(days):
        asked_once(rounds)
        place.clock.advance(days=1, seconds=1)


def checks(place, slug="un"):
    found = place.catalog.quality.work_list.of(slug, BY_CURATOR)
    return [(one.check, one.pointer) for one in found.findings if one.check == "dead_link"]


def publish(place, slug="un", **changes):
    return place.publish(slug, "training", url=PAGE, sources=SOURCES, **changes)


def test_each_address_is_asked_once_a_day_whoever_names_it(place, web, rounds):
    publish(place)
    publish(place, "deux")
    asked_once(rounds)
    assert sorted(web.asked) == [PAGE, SOURCE]
    asked_daily(place, rounds, 2)
    assert len(web.asked) == 4


def test_a_changed_listing_has_its_new_address_asked_at_once(place, web, rounds):
    offer = publish(place)
    asked_once(rounds)
    new = "https://genci.fr/nouveau"
    text = place.catalog.offers.commands.revise(target(offer), replace(offer.text, url=new))
    assert text.version > offer.version
    place.clock.advance(seconds=6)
    asked_once(rounds)
    assert web.asked[-1] == new


def test_one_host_is_not_asked_twice_in_a_row_without_a_pause(place, rounds, pauses):
    publish(place)
    asked_once(rounds)
    assert pauses == [1.0]


def test_another_host_is_asked_at_once(place, rounds, pauses):
    place.publish("un", "training", url=PAGE, contact={"url": "https://other.example/"})
    asked_once(rounds)
    assert pauses == []


def test_an_address_is_dead_once_it_was_gone_twice_a_day_apart(place, web, rounds):
    publish(place)
    web.said[SOURCE] = ("gone", 404)
    asked_daily(place, rounds, 1)
    assert checks(place) == []
    asked_daily(place, rounds, 1)
    assert checks(place) == [("dead_link", "/sources/0/url")]
    web.said[SOURCE] = ("alive", 200)
    asked_daily(place, rounds, 1)
    assert checks(place) == []


def test_what_is_unknown_is_never_dead(place, web, rounds):
    publish(place)
    web.said[PAGE] = ("unknown", 403)
    asked_daily(place, rounds, 5)
    assert checks(place) == []
    web.said[PAGE] = ("gone", 410)
    asked_daily(place, rounds, 1)
    web.said[PAGE] = ("unknown", None)
    asked_daily(place, rounds, 1)
    assert checks(place) == []
    web.said[PAGE] = ("gone", 410)
    asked_daily(place, rounds, 1)
    assert checks(place) == [("dead_link", "/url")]


def test_a_dead_link_is_in_the_work_list(place, web, rounds):
    publish(place)
    web.said[PAGE] = ("gone", 404)
    asked_daily(place, rounds, 2)
    headers = place.as_(CURATOR)
    parameters = {"check": "dead_link"}
    found = place.client.get("/v1/quality", params=parameters, headers=headers).json()["items"]
    assert [one["slug"] for one in found] == ["un"]


def test_curators_see_what_was_seen_and_since_when(place, web, rounds):
    publish(place)
    web.said[PAGE] = ("gone", 404)
    asked_daily(place, rounds, 2)
    address = "/v1/quality/un/links"
    items = place.client.get(address, headers=place.as_(CURATOR)).json()["items"]
    seen = {one["url"]: (one["outcome"], one["status"], one["dead"]) for one in items}
    assert seen == {PAGE: ("gone", 404, True), SOURCE: ("alive", 200, False)}
    assert items[0]["gone_since"].startswith("2026-11-24")
    assert place.client.get(address, headers=place.as_(PARTNER)).status_code == 403


def test_nobody_is_asked_unless_somebody_says_so(place, monkeypatch, tmp_path):
    bus = EmbeddedBus(tmp_path / "other.db")
    assert "links" not in place.catalog.worker_steps(bus)
    monkeypatch.setenv("CATALOG_LINK_CHECKS", "true")
    asking = Catalog(read_settings(Settings), place.clock)
    assert "links" in asking.worker_steps(bus)
    asking.close()


class _Page(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self):
        self._answer({"/no-head": 405}.get(self.path, 404 if self.path == "/gone" else 200))

    def do_GET(self):
        self._answer({"/gone": 404, "/no-head": 200}[self.path])

    def _answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("path", "outcome"),
    [("/", ("alive", 200)), ("/gone", ("gone", 404)), ("/no-head", ("alive", 200))],
)
def test_a_server_is_asked_with_head_then_with_get(path, outcome):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        home = ipaddress.ip_address("127.0.0.1")
        asker = SafeLinkAsker(Reach(ports=frozenset((port,)), allows=lambda one: one == home))
        assert asker.ask(f"http://127.0.0.1:{port}{path}") == outcome
        assert SafeLinkAsker().ask(f"http://127.0.0.1:{port}{path}") == ("gone", None)
        server.shutdown()
    assert asker.ask(f"http://127.0.0.1:{port}/") == ("unknown", None)
