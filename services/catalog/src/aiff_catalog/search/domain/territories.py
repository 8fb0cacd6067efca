"""Which territories an offer must name to serve somebody in one of them."""

from aiff_catalog.search.domain.queries import UNKNOWN
from aiff_contracts.territory import ancestry


def around(code: str) -> tuple[str, ...]:
    """Return a territory and all that contain it; the unknown lies nowhere."""
    return (code,) if code == UNKNOWN else ancestry(code)
