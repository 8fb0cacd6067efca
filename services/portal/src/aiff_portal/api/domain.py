"""The public API as the pages see it, and who asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Parameters = Sequence[tuple[str, str]]
Document = Mapping[str, Any]


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


class Api(Protocol):
    """The public API; RefusedError where it refuses or is away."""

    async def get(self, path: str, parameters: Parameters, reader: Reader) -> Document:
        """Return a document."""

    async def post(self, path: str, question: Document, reader: Reader) -> Document:
        """Return the answer to a question."""

    async def post_for_file(
        self, path: str, question: Document, reader: Reader, media_type: str
    ) -> SentFile:
        """Return the answer to a question as a file of a type."""
