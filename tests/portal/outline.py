"""A page as those read it who do not see it: its tags in order, held against strict rules."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

_VOID = {"br", "hr", "img", "input", "link", "meta"}
# What a browser would close by itself; here everything is closed in the order it was opened.
_REFERRING = ("aria-labelledby", "aria-describedby", "for")
_ACTING = {
    "style",
    "iframe",
    "object",
    "embed",
    "base",
    "foreignobject",
    "animate",
    "set",
}


class Outline(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self._wrapped: set[str | None] = set()
        assert page.startswith("<!doctype html>\n")
        self.feed(page)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag, attrs):
        twice = [name for name, count in Counter(name for name, _ in attrs).items() if count > 1]
        self.faults += [f"<{tag}> says {name} twice" for name in twice]
        # The title of a drawing is not the title of the page.
        named = "svg-title" if tag == "title" and "svg" in self._open else tag
        self.tags.append((named, dict(attrs)))
        if "label" in self._open:
            self._wrapped.add(dict(attrs).get("id"))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data):
        self.text.append(data)

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]

    def links(self) -> list[str]:
        return [str(found["href"]) for found in self.named("a") + self.named("link")]

    def check(self) -> None:
        """Fail where markup, landmarks, names, references or levels of headings are wrong."""
        assert self.faults == []
        self._check_markup()
        self._check_landmarks()
        self._check_references()

    def _check_markup(self) -> None:
        used = {tag for tag, _ in self.tags}
        assert used.isdisjoint(_ACTING)
        for tag, attributes in self.tags:
            acting = [name for name in attributes if name.startswith("on") or name == "style"]
            assert acting == [], tag
        assert all(not link.lower().startswith(("javascript:", "data:")) for link in self.links())
        assert all(set(one) == {"src", "defer"} for one in self.named("script"))
        fetched = self.named("img") + self.named("script")
        assert all(str(one["src"]).startswith("/static/") for one in fetched)
        assert all(one.get("role") == "img" for one in self.named("svg"))
        assert all("aria-labelledby" in one for one in self.named("svg"))

    def _check_landmarks(self) -> None:
        for landmark in ("header", "main", "footer", "h1", "title"):
            assert len(self.named(landmark)) == 1, landmark
        assert {"href": "#content", "class": "skip"} in self.named("a")
        assert all("alt" in image for image in self.named("img"))
        levels = [int(tag[1]) for tag, _ in self.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        navigations = [found.get("aria-label") for found in self.named("nav")]
        assert None not in navigations
        assert len(set(navigations)) == len(navigations)

    def _check_references(self) -> None:
        counted = Counter(attributes["id"] for _, attributes in self.tags if "id" in attributes)
        assert max(counted.values()) == 1, counted
        for tag, attributes in self.tags:
            for name in _REFERRING:
                assert set(str(attributes.get(name, "")).split()) <= set(counted), (tag, attributes)
        labelled = {label["for"] for label in self.named("label") if "for" in label}
        written = self.named("select") + self.named("textarea")
        fields = [found for found in self.named("input") if found.get("type") != "hidden"] + written
        assert {found.get("id") for found in fields} <= labelled | self._wrapped
        inside = {link[1:] for link in self.links() if link.startswith("#")}
        assert inside <= set(counted)
