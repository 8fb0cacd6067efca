"""A page as those read it who do not see it: its tags in order."""

import re
from html.parser import HTMLParser
from itertools import pairwise


class Outline(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]

    def check(self) -> None:
        """Fail where landmarks, labels, texts of images or levels of headings are missing."""
        for landmark in ("header", "nav", "main", "footer", "h1"):
            assert len(self.named(landmark)) == 1
        assert {"href": "#content", "class": "skip"} in self.named("a")
        assert all("alt" in image for image in self.named("img"))
        labelled = {label["for"] for label in self.named("label")}
        assert {field.get("id") for field in self.named("input")} <= labelled
        levels = [int(tag[1]) for tag, _ in self.tags if re.fullmatch("h[1-6]", tag)]
        assert all(after - before <= 1 for before, after in pairwise(levels))
