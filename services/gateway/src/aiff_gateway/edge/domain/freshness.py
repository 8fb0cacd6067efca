"""When an answer may be remembered, for how long, and what makes two questions the same.

A shared cache in the sense of RFC 9111, kept strict: only what says `public`, has an ETag and a
lifetime is remembered, and only for callers who showed no credential.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# A stored answer may only depend on these; any other Vary makes it unstorable.
_KNOWN_VARY = frozenset((b"accept", b"accept-language"))
# Anonymous requests carry none of these, so they cannot make two of them differ.
_ABSENT_FROM_ANONYMOUS = frozenset(
    (b"accept-encoding", b"authorization", b"cookie", b"x-aiff-identity", b"x-api-key")
)
_FORBIDDING = frozenset(("private", "no-store", "no-cache"))


@dataclass(frozen=True, slots=True)
class Variation:
    """Which request headers select among the answers of one resource."""

    by_accept: bool = False
    by_language: bool = False

    def key(self, accept: bytes, language: bytes) -> tuple[bytes, bytes]:
        """Return what identifies the variant for a request."""
        return (accept if self.by_accept else b"", language if self.by_language else b"")


def directives(cache_control: bytes) -> dict[str, str]:
    """Return the directives of a Cache-Control value, names in lower case."""
    stated: dict[str, str] = {}
    for part in cache_control.decode("latin-1").split(","):
        name, _, value = part.strip().partition("=")
        if name:
            stated[name.lower()] = value.strip('" ')
    return stated


def lifetime(cache_control: bytes) -> int | None:
    """Return for how many seconds a public answer is fresh, None where it may not be stored."""
    stated = directives(cache_control)
    if "public" not in stated or not _FORBIDDING.isdisjoint(stated):
        return None
    seconds = stated.get("s-maxage", stated.get("max-age", ""))
    return int(seconds) if seconds.isascii() and seconds.isdigit() else None


def variation(vary: bytes) -> Variation | None:
    """Return how an answer varies, None where it depends on something that is not kept apart."""
    names = {name.strip().lower() for name in vary.split(b",") if name.strip()}
    selecting = names - _ABSENT_FROM_ANONYMOUS
    if not selecting <= _KNOWN_VARY:
        return None
    return Variation(b"accept" in selecting, b"accept-language" in selecting)


def storable(status: int, headers: Mapping[bytes, bytes]) -> bool:
    """Tell whether an answer to an anonymous GET may be remembered (header names lower case)."""
    return (
        status == 200  # noqa: PLR2004
        and b"etag" in headers
        and b"set-cookie" not in headers
        and lifetime(headers.get(b"cache-control", b"")) is not None
        and variation(headers.get(b"vary", b"")) is not None
    )


def resource_key(raw_path: bytes, query: bytes) -> bytes:
    """Return what identifies a resource: its path and its parameters in one fixed order."""
    if not query:
        return raw_path
    if b"&" in query:
        query = b"&".join(sorted(query.split(b"&")))
    return raw_path + b"?" + query


def matches_etag(if_none_match: bytes, etag: bytes) -> bool:
    """Compare weakly, as RFC 9110 section 13.1.2 asks for If-None-Match."""
    if if_none_match.strip() == b"*":
        return True
    bare = etag.removeprefix(b"W/")
    offered = (tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b","))
    return bare in offered


def merged_vary(vary: bytes, more: Iterable[bytes]) -> bytes:
    """Add header names to a Vary value, each once."""
    names = [name.strip() for name in vary.split(b",") if name.strip()]
    known = {name.lower() for name in names}
    names += [name for name in more if name.lower() not in known]
    return b", ".join(names)
