"""The caller as every service sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a caller may do, as `resource:action`, in alphabetical order."""

    ACCOUNTS_MANAGE = "accounts:manage"
    AUDIT_READ = "audit:read"
    INTRODUCTIONS_ANSWER = "introductions:answer"
    INTRODUCTIONS_CURATE = "introductions:curate"
    INTRODUCTIONS_REQUEST = "introductions:request"
    KEYS_MANAGE = "keys:manage"
    OFFERS_HISTORY = "offers:history"
    OFFERS_PUBLISH = "offers:publish"
    OFFERS_REVIEW = "offers:review"
    OFFERS_WITHDRAW = "offers:withdraw"
    OFFERS_WRITE = "offers:write"
    ORGANISATIONS_WRITE = "organisations:write"
    STARTUPS_FIND = "startups:find"
    STARTUPS_READ = "startups:read"
    STARTUPS_TRANSFER = "startups:transfer"
    STARTUPS_WRITE = "startups:write"
    TEAMS_MANAGE = "teams:manage"
    TEAMS_REVIEW = "teams:review"
    VOCABULARIES_EDIT = "vocabularies:edit"


_SCOPES = {scope.value: scope for scope in Scope}


def known_scopes(names: Iterable[str]) -> frozenset[Scope]:
    """Return the scopes of these names that this release knows.

    One of another release opens nothing here, and takes nothing from the others: while services
    are updated one after the other, a gateway names scopes that some have not heard of.
    """
    return frozenset(_SCOPES[name] for name in names if name in _SCOPES)


@dataclass(frozen=True, slots=True)
class Principal:
    """An authenticated caller, or nobody.

    `subject` names the account, `organisation` the slug of the one that it belongs to and acts
    for (None: none). An adviser belongs to none: `acting_for` is the slug of the organisation in
    whose name the subject acts. None of them is personal data: they are ids.
    """

    subject: str
    organisation: str | None = None
    scopes: frozenset[Scope] = frozenset()
    acting_for: str | None = None

    @property
    def anonymous(self) -> bool:
        """Tell whether nobody signed in."""
        return self.subject == "anonymous"

    @property
    def tenant(self) -> str:
        """Name whose private objects the caller may see: the organisation's, else its own."""
        organisation = self.acting_for or self.organisation
        return f"org:{organisation}" if organisation else self.own_tenant

    @property
    def own_tenant(self) -> str:
        """Name whose private objects the caller sees who acts for nobody else."""
        return f"sub:{self.subject}"

    def may(self, scope: Scope) -> bool:
        """Tell whether the caller holds the scope."""
        return scope in self.scopes


ANONYMOUS = Principal(subject="anonymous")
