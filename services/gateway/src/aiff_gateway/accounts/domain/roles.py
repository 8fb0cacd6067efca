"""The roles on the platform, and what each may do, as scopes (`resource:action`)."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is on the platform; what they may do in an organisation, it says itself.

    A partner and a start-up have no rights by these words: an operator who adds an account says
    with them what its organisation is.
    """

    AUDITOR = "auditor"
    CURATOR = "curator"
    OPERATOR = "operator"
    PARTNER = "partner"
    STARTUP = "startup"


_NONE: frozenset[str] = frozenset()
PLATFORM_SCOPES: Mapping[Role, frozenset[str]] = {
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
            "teams:review",
            "vocabularies:edit",
        )
    ),
    Role.OPERATOR: frozenset(("accounts:manage",)),
    Role.PARTNER: _NONE,
    Role.STARTUP: _NONE,
}
# What everybody may do with what is their own.
OWN_SCOPES = frozenset(("introductions:request", "startups:read", "startups:write"))
