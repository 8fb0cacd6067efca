"""The roles on the platform, and what each may do, as scopes (`resource:action`)."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is on the platform."""

    AUDITOR = "auditor"
    CURATOR = "curator"
    PARTNER = "partner"
    STARTUP = "startup"


SCOPES_OF: Mapping[Role, frozenset[str]] = {
    Role.AUDITOR: frozenset(("audit:read",)),
    Role.CURATOR: frozenset(
        (
            "introductions:curate",
            "offers:history",
            "offers:publish",
            "offers:review",
            "offers:withdraw",
            "offers:write",
            "organisations:write",
            "vocabularies:edit",
        )
    ),
    Role.PARTNER: frozenset(
        ("introductions:answer", "offers:history", "offers:write", "startups:find")
    ),
    Role.STARTUP: frozenset(("introductions:request", "startups:read", "startups:write")),
}
