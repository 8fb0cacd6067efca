"""What each role may do, as scopes (`resource:action`)."""

from collections.abc import Mapping

from aiff_gateway.accounts.domain.accounts import Role

SCOPES_OF: Mapping[Role, frozenset[str]] = {
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
