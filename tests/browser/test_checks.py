"""Each check of a page finds the page that breaks it: a check that cannot fail is a defect."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx2
import pytest
from bench.pages import tools
from bench.pages.crawling import telling, visited, visits
from bench.pages.judging import NARROW, Judged, open_context

_POLICY = "default-src 'none'; style-src 'self'; img-src *; script-src 'self'; connect-src *"
_LOOSE = "default-src *; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
_PAGE = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Page</title><link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/a.css">{head}</head>
<body><main id="content"><h1>Titre</h1>{body}</main></body>
</html>
"""
_FILES = {
    "/a.css": b"body{background:#fff;color:#000} .faint{color:#aaa} .wide{width:90rem}"
    b" .tiny{width:9px;height:9px;padding:0;border:0}"
    b"@media (prefers-color-scheme: dark){.dark{color:#eee}}",
    "/icon.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "/late.js": b"setTimeout(() => document.querySelector('#x').style.height = '300px', 400);",
    "/error.js": b"throw new Error('broken');",
    "/dialog.js": b"alert(1);",
    "/heavy.js": b"//" + b"x" * 160_000,
}
_KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_TINY = '<button class="tiny" type="button" aria-label="a"></button>'
_SPACE = '<div id="x"></div><p>suite</p>'
# Each page with a word of what must be said of it; nothing else is wrong with it.
PAGES = {
    "": ("", "", None),
    "contrast": ("", '<p class="faint">gris</p>', "light: color-contrast"),
    "dark": ("", '<p class="dark">gris</p>', "dark: color-contrast"),
    "label": ("", '<input type="text">', "light: label"),
    "target": ("", _TINY * 2, "light: target-size"),
    "console": ('<script src="/error.js" defer></script>', "", "a script failed"),
    "inline": ("", "<script>1</script>", "the console says"),
    "dialog": ('<script src="/dialog.js" defer></script>', "", "a dialog opened: 1"),
    "origin": ("", '<img src="http://localhost:9/a.png" alt="">', "asks another origin"),
    "heavy": ('<script src="/heavy.js" defer></script>', "", "weighs"),
    "shift": ('<script src="/late.js" defer></script>', _SPACE, "moved by"),
    "sideways": ("", '<p class="wide">large</p>', "scrolls sideways"),
    "policy": ("", "", "its policy is not strict"),
    "absent": ("", "", "answered 404 instead of 200"),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.strip("/")
        if self.path in _FILES:
            self._send(_FILES[self.path], _KINDS[name.rpartition(".")[2]])
        else:
            head, body, _ = PAGES[name]
            self._send(_PAGE.format(head=head, body=body).encode(), "text/html; charset=utf-8")

    def _send(self, body, kind):
        self.send_response(404 if self.path == "/absent" else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", _LOOSE if self.path == "/policy" else _POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("name", PAGES)
def test_what_breaks_a_rule_is_told(browser, site, name):
    with open_context(browser, NARROW) as context:
        tab = Judged(context, site)
        tab.open(f"/{name}")
        tab.page.wait_for_timeout(600)
        tab.judge()
    expected = PAGES[name][2]
    if expected is None:
        assert tab.faults == []
    else:
        assert any(expected in fault for fault in tab.faults), tab.faults


def test_wrong_markup_is_told_and_right_markup_is_not():
    wrong = _PAGE.format(head="", body='<p id="a">1</p><p id="a">2</p><div role="region"></div>')
    found = tools.validated({"/right": _PAGE.format(head="", body=""), "/wrong": wrong})
    assert found["/right"] == []
    rules = {told.partition(":")[0] for told in found["/wrong"]}
    assert rules == {"no-dup-id", "prefer-native-element"}


def test_all_that_is_linked_is_found_and_a_page_for_each_part_is_chosen(product):
    with httpx2.Client(base_url=product.url, headers={"Accept": "text/html"}) as client:
        home = visited(client, "/fr/")
    found = visits(product.url, ["/fr/kinds/network"], most=3)
    addresses = {visit.address for visit in found}
    assert set(home.links) & {"/fr/offers", "/en/"} <= addresses
    assert {visit.address for visit in telling(found)} <= addresses
    assert telling([*found, *found]) == telling(found)
