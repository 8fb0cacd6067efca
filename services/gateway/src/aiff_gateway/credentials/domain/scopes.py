"""What a credential may open, given what its account may do (scopes, `resource:action`)."""

from collections.abc import Iterable

from aiff_gateway.credentials.domain.credentials import Credential, CredentialKind
from aiff_gateway.credentials.domain.errors import ScopesNotHeldError

# Managing keys needs a person who signed in: a key that makes keys could outlive its revocation.
KEYS_MANAGE = "keys:manage"
_PERSONAL = frozenset((KEYS_MANAGE, "accounts:manage"))


def session_scopes(held: frozenset[str]) -> frozenset[str]:
    """Return what a signed-in person may do: all that the account holds, and manage its keys."""
    return held | {KEYS_MANAGE}


def key_scopes(wanted: Iterable[str], held: frozenset[str]) -> frozenset[str]:
    """Return the scopes of a new key, or raise ScopesNotHeldError naming what is too much."""
    asked = frozenset(wanted)
    missing = asked - (held - _PERSONAL)
    if missing:
        raise ScopesNotHeldError(tuple(sorted(missing)))
    return asked


def effective_scopes(credential: Credential, held: frozenset[str]) -> frozenset[str]:
    """Return what a credential opens today, given what its account may do today.

    A session is its person: it opens what the role gives now. A key opens what its owner chose
    for it, as far as the role still gives that.
    """
    if credential.kind is CredentialKind.SESSION:
        return session_scopes(held)
    return credential.scopes & held
