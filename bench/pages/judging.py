"""A page in the browser, judged while a reader uses it: what the design promises of every page.

Rules of WCAG 2.2 AA (axe-core), nothing wrong in the console, nothing asked of another origin, a
strict policy, nothing that moves after it was shown, little to load, no scrolling sideways.
"""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Page,
    Request,
    Response,
    sync_playwright,
)

from bench.pages import tools

# Without a sandbox of its own, which root may not use; it looks for nothing on the network.
_QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Theme = Literal["light", "dark"]
WIDE, NARROW = 1280, 360
# The narrowest window that WCAG 2.2 asks for (1.4.10).
_NARROWEST = 320
_HEIGHT = 900
_OK = 200
# Bytes of a page with what it needs, images left out.
LARGEST_PAGE = 150_000
_LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
_ALL_RULES = {"runOnly": {"type": "tag", "values": _LEVELS}}
# Between the themes only colours differ.
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
_OBSERVE_SHIFTS = """
window.__shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.__shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
# Two frames on, the browser has told of all that moved before.
_FORGET_SHIFTS = """
() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  window.__shifted = 0;
  done();
})))
"""
# Less is the rounding of fractions of a pixel.
_LEAST_SHIFT = 0.0005
_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """Run the browser inside the block; its driver has a loop of its own, so nothing else may."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=tools.chromium(), args=_QUIETLY)
        yield browser
        browser.close()


def open_context(
    browser: Browser, width: int, *, scripts: bool = True, **more: Any
) -> BrowserContext:
    """Return a reader's own session in a window of a width, with motion reduced."""
    context = browser.new_context(
        viewport={"width": width, "height": _HEIGHT},
        java_script_enabled=scripts,
        reduced_motion="reduce",
        color_scheme="light",
        **more,
    )
    context.add_init_script(_OBSERVE_SHIFTS)
    return context


class Judged:
    """A tab whose every request, message and document is watched; `faults` is what was wrong."""

    def __init__(
        self,
        context: BrowserContext,
        base: str,
        judging: "Judged | None" = None,
        known: set[str] | None = None,
    ) -> None:
        """Open the tab; `base` is the origin that alone may be asked.

        Where a tab runs no scripts the rules cannot run in it either: `judging` is a tab that does,
        and is given the document that this one shows, also where it answered a form. `known` has
        the states that the rules were already held against, by whichever tab.
        """
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        # What the server sent for each state that was judged, for those who judge it as text.
        self.documents: list[str] = []
        self._shown: Response | None = None
        self.weight = 0
        self._finished: list[Request] = []
        self.shift = 0.0
        self._base = base
        self._judging = judging
        self._known = set() if known is None else known
        self._expected = 200
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)
        self.page.on("requestfinished", self._on_answer)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self._fault(f"a script failed: {error}"))
        self.page.on("dialog", self._on_dialog)

    def open(self, address: str, expected: int = 200) -> None:
        """Load an address of the site and judge it as it stands."""
        self._expected = expected
        answer = self.page.goto(f"{self._base}{address}", wait_until="load")
        if answer is None or answer.status != expected:
            self._fault(f"answered {answer and answer.status} instead of {expected}")
        self.judge()

    def show(self, address: str, document: Response | None, expected: int) -> None:
        """Show a document that another tab was sent, and judge it."""
        assert document is not None
        given = {"status": document.status, "headers": document.headers, "body": document.body()}
        self.page.route(address, lambda route: route.fulfill(**given), times=1)
        self.open(address.removeprefix(self._base), expected)

    def judge(self) -> None:
        """Judge the state that the tab is in, in both themes."""
        if self._shown is not None:
            self.documents.append(self._shown.text())
        self.weight = self._weigh()
        if self.weight > LARGEST_PAGE:
            self._fault(f"weighs {self.weight:,} bytes")
        self._judge_layout()
        if self._judging is not None:
            self._judging.show(self.page.url, self._shown, self._expected)
        elif self._is_new():
            self._judge_themes()

    def _is_new(self) -> bool:
        """Tell whether nobody judged the very same state in a window of this width before."""
        state = f"{self._widths()} {self.page.content()}"
        if state in self._known:
            return False
        self._known.add(state)
        return True

    def _judge_themes(self) -> None:
        self._judge_rules("light", _ALL_RULES)
        self.page.emulate_media(color_scheme="dark")
        self._judge_rules("dark", _COLOURS)
        self.page.emulate_media(color_scheme="light")

    def _judge_layout(self) -> None:
        self.shift = float(self.page.evaluate("() => window.__shifted || 0"))
        if self.shift >= _LEAST_SHIFT:
            self._fault(f"moved by {self.shift:.4f} after it was shown")
        for width in self._widths():
            self.page.set_viewport_size({"width": width, "height": _HEIGHT})
            beyond = self.page.evaluate(_OVERFLOW)
            if beyond > 0:
                self._fault(f"scrolls sideways by {beyond} px at {width} px")
        self.page.set_viewport_size({"width": self._widths()[-1], "height": _HEIGHT})
        if self._judging is None:
            # What moved by the change of the window is not the page's own.
            self.page.evaluate(_FORGET_SHIFTS)

    def _widths(self) -> tuple[int, ...]:
        """Return the widths to look at, the window's own last."""
        own = (self.page.viewport_size or {"width": WIDE})["width"]
        return (_NARROWEST, own) if own <= NARROW else (own,)

    def _judge_rules(self, theme: Theme, rules: Mapping[str, Any]) -> None:
        self.page.evaluate(f"() => {{ if (!window.axe) {{ {tools.axe()} }} }}")
        found = self.page.evaluate("(rules) => axe.run(document, rules)", rules)
        for violation in found["violations"]:
            for told in _told(violation):
                self._fault(f"{theme}: {told}")

    def _on_request(self, request: Request) -> None:
        if urlsplit(request.url)[:2] != urlsplit(self._base)[:2]:
            self._fault(f"asks another origin: {request.url}")

    def _on_response(self, answer: Response) -> None:
        # This asks the browser nothing, so that it is done before the page is there to be judged.
        if answer.request.is_navigation_request():
            self._judge_document(answer)

    def _on_answer(self, request: Request) -> None:
        # Only noted here: asking for the body would let the tab be judged before it came.
        self._finished.append(request)

    def _weigh(self) -> int:
        """Return the bytes of the document and of all that it asked for, pictures left out."""
        weight = 0
        for request in self._finished:
            answer = request.response()
            if answer is None or answer.status != _OK or request.resource_type == "image":
                continue
            with contextlib.suppress(Error):  # The reader had gone on before it was here.
                weight += len(answer.body())
        return weight

    def _judge_document(self, answer: Response) -> None:
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return  # A file to be saved, or the way to another page.
        self._finished, self._shown = [], answer
        policy = answer.headers.get("content-security-policy", "")
        if "default-src 'none'" not in policy or "unsafe-" in policy:
            self._fault(f"its policy is not strict: {policy or 'there is none'}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # The browser tells of a document that was refused, too; its status is judged elsewhere.
        told = f"the server responded with a status of {self._expected}"
        if message.type in {"error", "warning"} and told not in message.text:
            self._fault(f"the console says: {message.text}")

    def _on_dialog(self, dialog: Dialog) -> None:
        self._fault(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def _fault(self, what: str) -> None:
        width = (self.page.viewport_size or {"width": 0})["width"]
        where = urlsplit(self.page.url)
        self.faults.append(f"{where.path}{'?' * bool(where.query)}{where.query} at {width}: {what}")


def _told(violation: Mapping[str, Any]) -> Iterator[str]:
    for node in violation["nodes"]:
        yield f"{violation['id']}: {violation['help']}: {node['html'][:120]}"
