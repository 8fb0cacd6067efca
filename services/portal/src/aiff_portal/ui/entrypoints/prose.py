"""Texts of offers as HTML: paragraphs, lists and links of Markdown, and nothing that acts."""

from markdown_it import MarkdownIt
from markupsafe import Markup

_ALLOWED = ("http://", "https://", "mailto:")
# Headings would break the outline of the page, images would be fetched from elsewhere.
_LEFT_AS_TEXT = ["image", "heading", "lheading", "code", "hr"]


class _Harmless(MarkdownIt):
    """Leaves raw HTML, and links that are no addresses of the web or of mail, as text."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.disable(_LEFT_AS_TEXT)

    def validateLink(self, url: str) -> bool:  # noqa: N802  The library's name.
        return url.strip().lower().startswith(_ALLOWED)


_MARKDOWN = _Harmless()


def prose(text: str) -> Markup:
    """Return a text with its Markdown made HTML."""
    made: str = _MARKDOWN.render(text)
    # The library escapes whatever is not its own markup.
    return Markup(made)  # noqa: S704
