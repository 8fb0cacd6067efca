"""The files that pages refer to, read once.

The scripts work together and are all there or none is: htmx comes from npm when a checkout is set
up (`scripts/assets.py`), is never committed, and is missing where npm is. Every page is complete
without them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

_STYLES = {"tokens.css": "text/css", "portal.css": "text/css", "mark.svg": "image/svg+xml"}
_SCRIPTS = ("htmx.js", "combobox.js")
_FOR_AN_HOUR = "public, max-age=3600"
# Its name changes with what it holds.
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file, and how long whoever has it may keep it."""

    content: bytes
    media_type: str
    caching: str


def assets_in(folder: Traversable) -> Mapping[str, Asset]:
    """Return the files of a folder by the name under which pages ask for them."""
    styles = {
        name: Asset((folder / name).read_bytes(), media_type, _FOR_AN_HOUR)
        for name, media_type in _STYLES.items()
    }
    return styles | dict(_scripts_in(folder))


def _scripts_in(folder: Traversable) -> Iterator[tuple[str, Asset]]:
    if not all((folder / name).is_file() for name in _SCRIPTS):
        return
    for name in _SCRIPTS:
        content = (folder / name).read_bytes()
        named = f"{name.removesuffix('.js')}-{sha256(content).hexdigest()[:12]}.js"
        yield named, Asset(content, "text/javascript", _FOR_EVER)


ASSETS = assets_in(files("aiff_portal.ui.entrypoints") / "static")
# The addresses of the scripts, in the order in which they run.
SCRIPTS = tuple(f"/static/{name}" for name in ASSETS if name.endswith(".js"))
