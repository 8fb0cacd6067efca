"""`make screenshots`: the main pages as people see them, wide and narrow, light and dark.

They are for looking at: whoever changes a page looks at its pictures. The few that README shows are
made with them, and they alone are kept in the repository.
"""

import base64
import contextlib
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.harness.product import running
from bench.pages.judging import NARROW, WIDE, Theme, launched, open_context

_THEMES: tuple[Theme, ...] = ("light", "dark")
ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "screenshots"
README = ROOT / "docs" / "pictures"
_COMPARED = "offers=jean-zay-h100&offers=scaleway-h100-sxm-8&offers=jean-zay-a100"
# The name of a picture, and the address below the language.
PAGES = {
    "home": "",
    "search": "offers?q=h100&kind=compute",
    "offer": "offers/jean-zay-h100",
    "compare": f"compare?{_COMPARED}",
    "network": "network",
    "calendar": "calendar",
    "need": "needs",
    "api": "api",
}
# Pages that answer a form, with what a young company in health tells.
_TOLD = (
    *(("kinds", "compute"), ("kinds", "funding"), ("organisation_type", "startup")),
    *(("description", "affiner un modèle de langue pour la santé"), ("country", "FR")),
    *(("site", "REG-11"), ("headcount", "6"), ("created_on", "2024-03-01")),
    *(("gpu_hours", "20 000"), ("gpu_model", "H100"), ("amount_eur", "150 000")),
)
POSTED = {
    "answers": ("needs/answers", ()),
    "plan": ("needs/plan", ()),
    "journey": ("needs/journey", ()),
    "dossier": ("needs/dossier", (("programme", "eurohpc-playground"),)),
}
# What README shows: a page, its language, its width and its theme.
SHOWN: tuple[tuple[str, str, int, Theme], ...] = (
    ("home", "fr", WIDE, "light"),
    ("search", "en", WIDE, "light"),
    ("offer", "fr", NARROW, "light"),
    ("compare", "en", WIDE, "dark"),
)
_SETTINGS = {"AIFF_CLOCK_START": "2026-11-23T12:00:00+01:00"}
_QUALITY = 60
_SUBMIT = """([address, fields]) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  for (const [name, value] of fields) {
    const field = document.createElement("input");
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""


def take(browser: Browser, base: str, width: int, theme: Theme) -> int:
    """Take a picture of every page in one window; light ones in French, dark ones in English."""
    language = "fr" if theme == "light" else "en"
    with open_tab(browser, width, theme) as page:
        for name in (*PAGES, *POSTED):
            open_page(page, f"{base}/{language}", name)
            file = FOLDER / f"{name}-{language}-{width}-{theme}.png"
            page.screenshot(path=file, full_page=True)
    return len(PAGES) + len(POSTED)


@contextlib.contextmanager
def open_tab(browser: Browser, width: int, theme: Theme) -> Iterator[Page]:
    """Open a tab of a width in a theme inside the block."""
    with open_context(browser, width) as context:
        page = context.new_page()
        page.emulate_media(color_scheme=theme)
        yield page


def open_page(page: Page, home: str, name: str) -> None:
    """Open a page by its address, or by the form that it answers."""
    if name in PAGES:
        page.goto(f"{home}/{PAGES[name]}", wait_until="load")
        return
    address, more = POSTED[name]
    page.goto(f"{home}/needs", wait_until="load")
    with page.expect_navigation(wait_until="load"):
        page.evaluate(_SUBMIT, [f"{home}/{address}", [*_TOLD, *more]])


def take_for_readme(browser: Browser, base: str) -> None:
    """Take the first screen of what README shows, small enough to be kept."""
    README.mkdir(parents=True, exist_ok=True)
    for name, language, width, theme in SHOWN:
        with open_tab(browser, width, theme) as page:
            open_page(page, f"{base}/{language}", name)
            (README / f"{name}.webp").write_bytes(_as_webp(page))


def _as_webp(page: Page) -> bytes:
    """Return what the window shows; the browser itself writes the format that is smallest."""
    session = page.context.new_cdp_session(page)
    options = {"format": "webp", "quality": _QUALITY}
    return base64.b64decode(session.send("Page.captureScreenshot", options)["data"])


def main() -> None:
    """Start the product on the stories' day, take the pictures, say where they are."""
    began = time.perf_counter()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running(_SETTINGS) as made, launched() as browser:
        windows = product((WIDE, NARROW), _THEMES)
        taken = sum(take(browser, made.url, width, theme) for width, theme in windows)
        take_for_readme(browser, made.url)
    seconds = time.perf_counter() - began
    print(f"{taken} pictures in {FOLDER.relative_to(ROOT)}, {seconds:.0f} s")


if __name__ == "__main__":
    main()
