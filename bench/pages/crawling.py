"""Every page that a reader can reach: all links are followed from the first pages.

Searches have no end: each filter leads to all the others. So a question is followed from pages
without one, the first few of each set of parameters; every other address is followed.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import httpx2

STARTS = ("/fr/", "/en/")
# What is for people; links to the API and its feeds are for programs.
_PAGES = ("/fr", "/en", "/docs", "/problems")
_QUESTIONS_OF_A_SHAPE = 2
_AS_A_BROWSER = {"Accept": "text/html"}


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as it was sent; `status` is that of the last answer where it led on."""

    address: str
    status: int
    headers: Mapping[str, str]
    html: str
    links: tuple[str, ...]
    features: frozenset[str]

    @property
    def is_page(self) -> bool:
        """Tell whether people read it."""
        return self.headers.get("content-type", "").startswith("text/html")


class _Reading(HTMLParser):
    """Collects where a page leads and of what it is built."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.built: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "a" and held.get("href"):
            self.links.append(str(held["href"]))
        self.built.add(f"{tag}[{held.get('type') or ''}]")
        self.built |= {f"{tag}.{name}" for name in (held.get("class") or "").split()}


def visits(base: str, starts: Iterable[str] = STARTS, most: int | None = None) -> list[Visit]:
    """Return every page of a site, in the order in which it was found.

    `most` bounds how many addresses of one shape are followed: offers are many and alike.
    """
    return list(_followed(base, starts, most))


def telling(found: Iterable[Visit]) -> list[Visit]:
    """Return few pages that show everything: each shape of address and each part, a language."""
    seen: set[str] = set()
    chosen = []
    for visit in sorted(found, key=lambda one: (-len(one.features), one.address)):
        if not visit.features <= seen:
            seen |= visit.features
            chosen.append(visit)
    return chosen


def shape_of(address: str) -> str:
    """Return an address with what names one thing left out: /fr/offers/{}."""
    first, *rest = urlsplit(address).path.strip("/").split("/")
    return "/".join(("", first, *rest[:1], *("{}" for _ in rest[1:])))


def _followed(base: str, starts: Iterable[str], most: int | None) -> Iterator[Visit]:
    waiting, shapes = deque(starts), Counter[str]()
    known, asked = set(waiting), Counter[tuple[str, frozenset[str]]]()
    with httpx2.Client(base_url=base, headers=_AS_A_BROWSER, timeout=30) as client:
        while waiting:
            address = waiting.popleft()
            shapes[shape_of(address)] += 1
            if most is not None and shapes[shape_of(address)] > most:
                continue
            visit = visited(client, address)
            yield visit
            for link in visit.links:
                if link not in known and _is_worth_it(visit, link, asked):
                    waiting.append(link)
                    known.add(link)


def visited(client: httpx2.Client, address: str) -> Visit:
    """Return one page, with what it leads to on the same site."""
    answer = client.get(address, follow_redirects=True)
    reading = _Reading()
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    if is_page:
        reading.feed(answer.text)
    here = str(answer.url)
    links = (urldefrag(urljoin(here, link)).url for link in reading.links)
    own = [_within(link) for link in links if urlsplit(link)[:2] == urlsplit(here)[:2]]
    features = frozenset(_features(address, reading.built)) if is_page else frozenset()
    return Visit(
        address=address,
        status=answer.status_code,
        headers=dict(answer.headers),
        html=answer.text,
        links=tuple(link for link in own if link.startswith(_PAGES)),
        features=features,
    )


def _features(address: str, built: Iterable[str]) -> Iterator[str]:
    shape = shape_of(address)
    yield shape
    yield from (f"{shape.split('/')[1]} {part}" for part in built)


def _within(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _is_worth_it(visit: Visit, link: str, asked: Counter[tuple[str, frozenset[str]]]) -> bool:
    parts, here = urlsplit(link), urlsplit(visit.address)
    if not parts.query:
        return True
    if here.query and here.path == parts.path:
        return False
    shape = (parts.path, frozenset(name for name, _ in parse_qsl(parts.query)))
    asked[shape] += 1
    return asked[shape] <= _QUESTIONS_OF_A_SHAPE
