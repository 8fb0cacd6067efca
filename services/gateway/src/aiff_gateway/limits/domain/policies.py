"""How much a caller may ask for: costs of requests, who is counted, and how many in which time."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

_UNITS = {"minute": 60, "hour": 3_600, "day": 86_400}
_DAY = _UNITS["day"]
_RATE = re.compile(r"([a-z]+)\.([a-z-]+)=([1-9][0-9]{0,9})/(minute|hour|day)")


class Cost(StrEnum):
    """What a request costs the platform, from cheap to dear, and what is bounded for its effect."""

    READ = "read"
    SEARCH = "search"
    MATCH = "match"
    PLAN = "plan"
    WRITE = "write"
    IMPORT = "import"
    SIGN_IN = "sign-in"
    MAIL = "mail"
    REPORT = "report"


class Holder(StrEnum):
    """Whose requests are added up."""

    ADDRESS = "address"
    ACCOUNT = "account"
    KEY = "key"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Policy:
    """At most `amount` requests in any `seconds`, told to callers under a name."""

    name: str
    amount: int
    seconds: int

    @property
    def is_daily(self) -> bool:
        """Tell whether this is a day's quota."""
        return self.seconds == _DAY


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a holder stands with a policy after a request, admitted or not.

    `wait` are whole seconds: until more requests are to be had, at least 1.
    """

    policy: Policy
    admitted: bool
    remaining: int
    wait: int


# Who holds a limit: the kind, and which one of the kind.
Held = tuple[Holder, str]
Policies = Mapping[tuple[Holder, Cost], tuple[Policy, ...]]

# By cost: an address, a person, a key and an organisation in a minute, an organisation in a day.
# People behind one address share it (a school, a company), programs have keys.
_IN_A_MINUTE: Mapping[Cost, tuple[int, int, int, int]] = {
    Cost.READ: (1_200, 1_200, 3_000, 6_000),
    Cost.SEARCH: (600, 600, 1_200, 3_000),
    Cost.MATCH: (240, 240, 480, 1_200),
    Cost.PLAN: (60, 60, 120, 300),
    Cost.WRITE: (120, 240, 600, 1_200),
    Cost.IMPORT: (10, 30, 30, 60),
    Cost.SIGN_IN: (300, 300, 300, 3_000),
    Cost.MAIL: (30, 30, 30, 120),
}
_IN_A_DAY: Mapping[Cost, int] = {
    Cost.READ: 1_000_000,
    Cost.SEARCH: 200_000,
    Cost.MATCH: 50_000,
    Cost.PLAN: 10_000,
    Cost.WRITE: 50_000,
    Cost.IMPORT: 2_000,
}
_REPORTS_IN_AN_HOUR = 10


def _defaults() -> Policies:
    minute = _UNITS["minute"]
    held: dict[tuple[Holder, Cost], tuple[Policy, ...]] = {
        (holder, cost): (Policy(_name(holder, cost, minute), amount, minute),)
        for cost, amounts in _IN_A_MINUTE.items()
        for holder, amount in zip(Holder, amounts, strict=True)
    }
    for cost, amount in _IN_A_DAY.items():
        key = (Holder.ORGANISATION, cost)
        held[key] = (*held[key], Policy(_name(*key, _DAY), amount, _DAY))
    hour = _UNITS["hour"]
    key = (Holder.ADDRESS, Cost.REPORT)
    return {**held, key: (Policy(_name(*key, hour), _REPORTS_IN_AN_HOUR, hour),)}


def _name(holder: Holder, cost: Cost, seconds: int) -> str:
    shared = "organisation-" if holder is Holder.ORGANISATION else ""
    return f"{shared}{cost}{'-day' if seconds == _DAY else ''}"


DEFAULTS = _defaults()


def changed(policies: Policies, rates: Iterable[str]) -> Policies:
    """Return the policies with these rates in place of those of the same kind.

    A rate is `holder.cost=number/minute|hour|day`, such as `key.search=600/minute`; one for a day
    replaces that of a day, another the other. Shorter times come first: what they refuse is not
    taken off a day's quota. Raises ValueError that says what a rate looks like.
    """
    held = dict(policies)
    for text in rates:
        key, policy = _rate(text)
        others = (one for one in held.get(key, ()) if one.is_daily != policy.is_daily)
        held[key] = tuple(sorted((*others, policy), key=lambda one: one.seconds))
    return held


def _rate(text: str) -> tuple[tuple[Holder, Cost], Policy]:
    found = _RATE.fullmatch(text.strip())
    if found is None or found[1] not in set(Holder) or found[2] not in set(Cost):
        message = (
            f"{text!r} is no limit: write holder.cost=number/minute, /hour or /day, with a holder"
            f" of {', '.join(Holder)} and a cost of {', '.join(Cost)}"
        )
        raise ValueError(message)
    holder, cost, seconds = Holder(found[1]), Cost(found[2]), _UNITS[found[4]]
    return (holder, cost), Policy(_name(holder, cost, seconds), int(found[3]), seconds)


def multiplied(policies: Policies, factor: int) -> Policies:
    """Return the policies with amounts so many times as large."""
    return {
        key: tuple(Policy(one.name, one.amount * factor, one.seconds) for one in held)
        for key, held in policies.items()
    }
