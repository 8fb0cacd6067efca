"""Who asks the public API."""

from collections.abc import Sequence
from dataclasses import dataclass

Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that the API made, with its type and the name under which it is saved."""

    content: bytes
    media_type: str
    disposition: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: the language that they read, their session where they have one, their request.

    `request_id` joins what the services log about one page. `identity` is what the gateway gave
    the portal for this reader: shown to the gateway, it says that people sent a form of a page.
    """

    language: str
    session: str | None = None
    request_id: str | None = None
    identity: str | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether what is answered may be for this reader only."""
        return self.session is not None
