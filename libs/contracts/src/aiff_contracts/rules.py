"""The rule tree of eligibility: data types only; the services evaluate it.

A comparison names an attribute of the profile or the need (see `aiff_contracts.attributes`),
an operator and a value. It carries the sentence that a founder reads, in both languages, and
the source of the rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, get_args

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import Discriminator

from aiff_contracts.attributes import ATTRIBUTES, Attribute, ValueType
from aiff_contracts.language import Strict
from aiff_contracts.nomenclatures.legal_forms import listed_forms
from aiff_contracts.nomenclatures.naf import is_naf, settled
from aiff_contracts.provenance import Confidence, bears_until

Op = Literal[
    "<",
    "<=",
    ">",
    ">=",
    "==",
    "in",
    "not_in",
    "prefix",
    "overlaps",
    "within",
    "before",
    "after",
    "within_months",
]
AidLevel = Literal["region", "state", "eu"]
# Codes of earlier aid that stand for many offers: `family:i-lab`, `level:region`.
FAMILY, LEVEL = "family:", "level:"
# Dates are ISO 8601 text, so that a rule is the same in YAML, JSON and Python.
Scalar = bool | int | float | str
RuleValue = Scalar | tuple[str, ...]

# Forty years: longer than any period that an aid looks back.
MOST_MONTHS = 480
# Which operators make sense for which type of attribute.
OPS: dict[ValueType, frozenset[Op]] = {
    "number": frozenset(("<", "<=", ">", ">=", "==")),
    "flag": frozenset(("==",)),
    "date": frozenset(("before", "after", "within_months")),
    "code": frozenset(("==", "in", "not_in")),
    "codes": frozenset(("overlaps", "not_in")),
    "naf": frozenset(("prefix",)),
    "territory": frozenset(("within",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cmp(Strict):
    """One comparison. `label_*` say the requirement as a short sentence, not the failure.

    `source` says who states it, `confidence` how well that is known and `as_of` when it was. A
    day `within_months` lies so many months back at most; aid counts that was granted at most
    `granted_within_months` ago, and a place that lies `within` a territory and in none of those
    `outside`.
    """

    type: Literal["cmp"] = "cmp"
    attribute: str
    op: Op
    value: RuleValue
    label_fr: Annotated[str, MinLen(3), MaxLen(300)]
    label_en: Annotated[str, MinLen(3), MaxLen(300)]
    source: Annotated[str, MaxLen(500)] | None = None
    confidence: Confidence | None = None
    as_of: date | None = None
    granted_within_months: Annotated[int, Ge(1), Le(MOST_MONTHS)] | None = None
    outside: Annotated[tuple[Annotated[str, MaxLen(20)], ...], MinLen(1), MaxLen(500)] | None = None

    def __post_init__(self) -> None:
        """Refuse an unknown attribute, an operator that does not fit it, and a wrong value."""
        attribute = ATTRIBUTES.get(self.attribute)
        if attribute is None:
            message = f"unknown attribute {self.attribute!r}; known: {', '.join(ATTRIBUTES)}"
            raise ValueError(message)
        if self.op not in OPS[attribute.type]:
            fitting = ", ".join(sorted(OPS[attribute.type]))
            message = f"{self.attribute} is a {attribute.type}; use one of {fitting}"
            raise ValueError(message)
        kind: ValueType = "number" if self.op == "within_months" else attribute.type
        object.__setattr__(self, "value", _stored(attribute, _fitting(kind, self.value)))
        _check_months(self)
        _check_aid(self)
        if self.outside is not None and self.op != "within":
            message = "outside belongs to within: it says where a place does not count"
            raise ValueError(message)

    @property
    def refuses_until(self) -> date:
        """Return the last day on which the comparison can refuse, `NEVER` where it cannot."""
        return bears_until(self.confidence, self.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class All(Strict):
    """Every sub-rule must hold."""

    type: Literal["all"] = "all"
    rules: Annotated[tuple["Rule", ...], MinLen(1), MaxLen(50)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf(Strict):
    """At least one sub-rule must hold."""

    type: Literal["any"] = "any"
    rules: Annotated[tuple["Rule", ...], MinLen(1), MaxLen(50)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Strict):
    """The sub-rule must not hold."""

    type: Literal["not"] = "not"
    rule: "Rule"


Rule = Annotated[All | AnyOf | Not | Cmp, Discriminator("type")]


def leaves(rule: Rule) -> Iterator[Cmp]:
    """Yield the comparisons of a tree from left to right."""
    match rule:
        case Cmp():
            yield rule
        case Not(rule=inner):
            yield from leaves(inner)
        case All(rules=rules) | AnyOf(rules=rules):
            for inner in rules:
                yield from leaves(inner)


def _stored(attribute: Attribute, value: RuleValue) -> RuleValue:
    """Return codes in their one spelling; one that nobody knows is left to the rule's checks."""
    if not isinstance(value, tuple):
        return value
    if attribute.name == "legal_form":
        return listed_forms(value)
    return settled(value) if attribute.type == "naf" and all(map(is_naf, value)) else value


def _check_months(leaf: Cmp) -> None:
    if leaf.granted_within_months is not None and leaf.attribute != "prior_aid":
        message = "granted_within_months is for prior_aid; compare a date with within_months"
        raise ValueError(message)
    if leaf.op == "within_months" and not (
        isinstance(leaf.value, int) and 1 <= leaf.value <= MOST_MONTHS
    ):
        message = f"give a whole number of months from 1 to {MOST_MONTHS}"
        raise ValueError(message)


def _check_aid(leaf: Cmp) -> None:
    """Refuse a code of earlier aid that is neither an offer nor a family nor a level."""
    if leaf.attribute != "prior_aid" or not isinstance(leaf.value, tuple):
        return
    levels = {f"{LEVEL}{level}" for level in get_args(AidLevel)}
    for code in leaf.value:
        if ":" in code and not (code.startswith(FAMILY) and code != FAMILY) and code not in levels:
            message = f"{code!r} is no earlier aid: give an offer's slug, family:<slug>, or one of "
            message += ", ".join(sorted(levels))
            raise ValueError(message)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _fitting(kind: ValueType, value: RuleValue) -> RuleValue:
    """Return the value in its attribute's type, or raise ValueError saying what is wanted."""
    listed = (value,) if isinstance(value, str) else value
    wanted = "a number"
    match kind:
        case "number":
            if isinstance(value, int | float) and not isinstance(value, bool):
                return value
        case "flag":
            if isinstance(value, bool):
                return value
            wanted = "true or false"
        case "date":
            if isinstance(value, str) and _is_date(value):
                return value
            wanted = "a date such as 2026-12-31"
        case _:
            if isinstance(listed, tuple) and listed and all(isinstance(x, str) for x in listed):
                return listed
            wanted = "a text or a list of texts"
    message = f"the value {value!r} does not fit a {kind}: give {wanted}"
    raise ValueError(message)
