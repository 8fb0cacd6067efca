"""What a credential may open, given what its account may do (scopes, `resource:action`)."""

from collections.abc import Iterable
from dataclasses import dataclass

from aiff_gateway.credentials.domain.credentials import Credential, CredentialKind
from aiff_gateway.credentials.domain.errors import ScopesNotHeldError

# Managing keys needs a person who signed in: a key that makes keys could outlive its revocation.
KEYS_MANAGE = "keys:manage"
TEAMS_MANAGE = "teams:manage"
# What only somebody who signed in may do, in person.
PERSONAL = frozenset((KEYS_MANAGE, TEAMS_MANAGE, "accounts:manage", "startups:transfer"))


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do today and for whom: derived at each look-up.

    `organisation` is the slug of the one that they belong to and act for; `acting_for` that of one
    that they act for without belonging to it. Never both.
    """

    scopes: frozenset[str]
    organisation: str | None = None
    acting_for: str | None = None


@dataclass(frozen=True, slots=True)
class Belonging:
    """An organisation as one of its people sees it: `role` is theirs, None for an adviser."""

    organisation: str
    name: str
    kind: str
    role: str | None
    scopes: frozenset[str]


def key_scopes(wanted: Iterable[str], held: frozenset[str]) -> frozenset[str]:
    """Return the scopes of a new key, or raise ScopesNotHeldError naming what is too much."""
    asked = frozenset(wanted)
    missing = asked - (held - PERSONAL)
    if missing:
        raise ScopesNotHeldError(tuple(sorted(missing)))
    return asked


def effective_scopes(credential: Credential, held: frozenset[str]) -> frozenset[str]:
    """Return what a credential opens today, given what its owner may do today.

    A session is its person: it opens what their role gives now. A key opens what its owner chose
    for it, as far as their role still gives that.
    """
    if credential.kind is CredentialKind.SESSION:
        return held
    return credential.scopes & (held - PERSONAL)
