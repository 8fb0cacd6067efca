"""Sentences that a founder understands, in French and in English."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.offer import Text
from aiff_contracts.rules import Cmp
from aiff_contracts.territory import name_of
from aiff_matching.domain.answers import Between
from aiff_matching.domain.facts import Day, Exactly, Fact, Facts, Flag, OneOf, Places
from aiff_matching.domain.next_question import question_text
from aiff_matching.domain.reasons import (
    Check,
    Verdict,
    number_en,
    number_fr,
    range_en,
    range_fr,
    text,
)
from aiff_matching.domain.rules import Evidence, Trace, Truth

_MONTHS_FR = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_UNITS_FR = {"EUR": " €", "people": " personnes", "months": " mois"}
_UNITS_EN = {"EUR": " EUR", "people": " people", "months": " months"}
_OPS_FR = {
    "<": "inférieur à",
    "<=": "au plus",
    ">": "supérieur à",
    ">=": "au moins",
    "==": "égal à",
}
_OPS_EN = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "equal to"}
VERDICT_SENTENCES: dict[Verdict, Text] = {
    "eligible": text(
        "Vous remplissez toutes les règles publiées.", "You meet every published rule."
    ),
    "to_confirm": text(
        "Aucune règle ne s'y oppose ; des points restent à confirmer.",
        "No rule stands against it; some points remain to be confirmed.",
    ),
    "unknown": text("Il manque des réponses pour le savoir.", "Answers are missing to know."),
    "closed": text("Pas de candidature possible en ce moment.", "No applications at the moment."),
    "not_eligible": text("Au moins une règle n'est pas remplie.", "At least one rule is not met."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One point of an explanation.

    `value` is the company's, `limit` what the rule asks, `gap` how far a number is from the
    limit; reasons with the same `alternative` are alternatives. A check has no attribute.
    """

    code: str
    attribute: str | None
    sentence: Text
    op: str | None = None
    limit: object = None
    value: Text | None = None
    gap: float | None = None
    source: str | None = None
    alternative: str | None = None


@dataclass(frozen=True, slots=True)
class Reasons:
    """All points by how they turned out."""

    passing: tuple[Reason, ...]
    failing: tuple[Reason, ...]
    unknown: tuple[Reason, ...]
    conditions: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What single change would meet the rules; `from_day` for one that time brings."""

    attribute: str
    op: str
    limit: float
    from_day: date | None
    sentence: Text


def explain(trace: Trace, checks: Iterable[Check], conditions: tuple[Text, ...]) -> Reasons:
    """Return the points of a rule's trace and of the typed checks, without repetitions."""
    found = list(checks)
    passed = [_of_check(c) for c in found if c.truth is Truth.TRUE]
    failed = [_of_check(c) for c in found if c.truth is Truth.FALSE]
    missing = [_of_check(c) for c in found if c.truth is Truth.UNKNOWN and c.blocking]
    doubts = [c.sentence for c in found if c.truth is Truth.UNKNOWN and not c.blocking]
    return Reasons(
        passing=_unique([*map(_passing, trace.passing), *passed]),
        failing=_unique([*map(_failing, trace.failing), *failed]),
        unknown=_unique([*map(_missing, trace.unknown), *missing]),
        conditions=tuple(dict.fromkeys((*conditions, *doubts))),
    )


def counterfactuals(trace: Trace, checks: Iterable[Check], facts: Facts) -> list[Counterfactual]:
    """Return the change of one number that would meet the rules, where a single one fails."""
    failing = {(e.leaf.attribute, e.leaf.op, e.leaf.value): e for e in trace.failing}
    blocked = any(check.truth is Truth.FALSE for check in checks)
    if blocked or len(failing) != 1 or trace.unknown:
        return []
    evidence = next(iter(failing.values()))
    if evidence.negated or not isinstance(evidence.fact, Between):
        return []
    return _changed(evidence.leaf, evidence.fact, facts)


def _changed(leaf: Cmp, fact: Between, facts: Facts) -> list[Counterfactual]:
    limit = float(leaf.value)  # type: ignore[arg-type]
    attribute = ATTRIBUTES[leaf.attribute]
    if attribute.name == "age_months":
        return _aged(leaf, limit, facts.get("created_on"))
    if leaf.op not in _OPS_FR:
        return []
    french = f"{attribute.label_fr} {_OPS_FR[leaf.op]} {_with_unit(limit, attribute.unit, 'fr')}"
    english = f"{attribute.label_en} {_OPS_EN[leaf.op]} {_with_unit(limit, attribute.unit, 'en')}"
    own = value_text(fact, attribute.unit)
    sentence = text(
        f"Les règles seraient remplies avec : {french} (vous : {own.fr})",
        f"The rules would be met with: {english} (you: {own.en})",
    )
    return [Counterfactual(leaf.attribute, leaf.op, limit, None, sentence)]


def _aged(leaf: Cmp, limit: float, created: Fact | None) -> list[Counterfactual]:
    """Time makes a company older, never younger."""
    if leaf.op not in {">", ">="} or not isinstance(created, Day):
        return []
    months = int(limit) + (leaf.op == ">")
    day = _months_later(created.value, months)
    sentence = text(
        f"Les règles seront remplies à partir du {day_fr(day)}",
        f"The rules will be met from {day_en(day)}",
    )
    return [Counterfactual(leaf.attribute, leaf.op, limit, day, sentence)]


def day_fr(day: date) -> str:
    """Return a date as French writes it."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS_FR[day.month - 1]} {day.year}"


def day_en(day: date) -> str:
    """Return a date as English writes it."""
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def value_text(fact: Fact, unit: str = "") -> Text:
    """Return what is known, in words."""
    match fact:
        case Between(low=low, high=high):
            french = f"{range_fr(low, high)}{_UNITS_FR.get(unit, '')}"
            return text(french, f"{range_en(low, high)}{_UNITS_EN.get(unit, '')}")
        case Flag(value=value):
            return text("oui", "yes") if value else text("non", "no")
        case Day(value=day):
            return text(day_fr(day), day_en(day))
        case Places(codes=codes):
            names = ", ".join(name_of(code) for code in codes)
            return text(names, names)
        case OneOf(codes=codes):
            return text(" ou ".join(sorted(codes)), " or ".join(sorted(codes)))
        case Exactly(codes=codes):
            listed = ", ".join(sorted(codes))
            return text(listed or "aucun", listed or "none")


def _passing(evidence: Evidence) -> Reason:
    return _of_evidence(evidence, text(evidence.leaf.label_fr, evidence.leaf.label_en))


def _failing(evidence: Evidence) -> Reason:
    leaf, own = evidence.leaf, _own(evidence)
    french, english = (f" (vous : {own.fr})", f" (you: {own.en})") if own else ("", "")
    return _of_evidence(
        evidence,
        text(f"Non rempli : {leaf.label_fr}{french}", f"Not met: {leaf.label_en}{english}"),
    )


def _missing(evidence: Evidence) -> Reason:
    leaf, asked = evidence.leaf, question_text(evidence.leaf.attribute)
    sentence = text(
        f"À préciser : {leaf.label_fr}. {asked.fr}", f"To be answered: {leaf.label_en}. {asked.en}"
    )
    return _of_evidence(evidence, sentence)


def _of_evidence(evidence: Evidence, sentence: Text) -> Reason:
    leaf = evidence.leaf
    return Reason(
        code="rule",
        attribute=leaf.attribute,
        sentence=sentence,
        op=leaf.op,
        limit=leaf.value,
        value=_own(evidence),
        gap=_gap(evidence),
        source=leaf.source,
        alternative=evidence.alternative,
    )


def _of_check(check: Check) -> Reason:
    return Reason(code=check.code, attribute=check.attribute, sentence=check.sentence)


def _own(evidence: Evidence) -> Text | None:
    if evidence.fact is None:
        return None
    return value_text(evidence.fact, ATTRIBUTES[evidence.leaf.attribute].unit)


def _gap(evidence: Evidence) -> float | None:
    """Return how far a failing number is from the limit, in the attribute's unit."""
    fact, limit = evidence.fact, evidence.leaf.value
    if evidence.truth is not Truth.FALSE or not isinstance(fact, Between):
        return None
    bound = fact.low if evidence.leaf.op in {"<", "<="} else fact.high
    return abs(bound - float(limit)) if isinstance(limit, int | float) else None


def _with_unit(value: float, unit: str, language: str) -> str:
    if language == "fr":
        return number_fr(value) + _UNITS_FR.get(unit, "")
    return number_en(value) + _UNITS_EN.get(unit, "")


def _months_later(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError  # Every month has a 28th.


def _unique(reasons: list[Reason]) -> tuple[Reason, ...]:
    """Say each thing once: a mode often repeats its offer's rule."""
    seen: dict[tuple[object, ...], Reason] = {}
    for reason in reasons:
        seen.setdefault((reason.attribute, reason.sentence), reason)
    return tuple(seen.values())
