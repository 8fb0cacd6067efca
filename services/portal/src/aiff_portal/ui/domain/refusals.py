"""What the public API, or the portal itself, refused."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class RefusedValue:
    """One value that was refused: `pointer` says where it stood in what was sent (RFC 6901)."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal with what a reader needs to go on; `detail` and `faults` are the service's words.

    `retry_after` is in seconds.
    """

    status: int
    detail: str = ""
    faults: tuple[RefusedValue, ...] = ()
    where: str = ""
    request_id: str | None = None
    retry_after: int | None = None

    def at(self, where: str, request_id: str | None) -> "Refusal":
        """Return it with the page that was asked for; the service's own number comes first."""
        return replace(self, where=where, request_id=self.request_id or request_id)


class RefusedError(Exception):
    """A page cannot be made because of a refusal."""

    def __init__(self, refusal: Refusal) -> None:
        """Keep the refusal."""
        super().__init__(f"{refusal.status} {refusal.detail}")
        self.refusal = refusal
