"""What is wrong with a rule, for the person who writes it.

An error is a rule that cannot do what its author means; a warning is worth a second look.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from typing import Literal

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.nomenclatures.naf import is_naf
from aiff_contracts.offer import Text
from aiff_contracts.rules import FAMILY, LEVEL, All, AnyOf, Cmp, Not, Rule
from aiff_contracts.sectors import SECTORS
from aiff_contracts.territory import canonical_or_none
from aiff_matching.authoring.domain.satisfiability import (
    Effort,
    bounds_of,
    choices_of,
    satisfiable,
)
from aiff_matching.profiles.domain.need import ComputeNeed, FundingNeed, Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import Truth, codes_of
from aiff_matching.shared.bilingual import text

Severity = Literal["error", "warning"]
_SHORT_LABEL_WORDS = 3
# What a start-up can answer; derived attributes follow from it.
ANSWERABLE = frozenset(
    field.name for part in (Profile, Need, ComputeNeed, FundingNeed) for field in fields(part)
) | frozenset(name for name, attribute in ATTRIBUTES.items() if attribute.derived)


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark; `pointer` is the JSON pointer of the node inside the rule."""

    code: str
    severity: Severity
    pointer: str
    message: Text


@dataclass(frozen=True, slots=True)
class _Node:
    pointer: str
    rule: Rule


def lint(rule: Rule, offers: Collection[str] | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with a rule, by place.

    `offers` are the slugs that `prior_aid` may name; None checks no slug.
    """
    effort = Effort()
    findings = [*_whole(rule, effort)]
    impossible = any(finding.code == "never_true" for finding in findings)
    for node in _nodes(rule, ""):
        if isinstance(node.rule, Cmp):
            findings += _leaf(node.rule, node.pointer, offers)
        elif isinstance(node.rule, All | AnyOf) and not impossible:
            findings += _branches(node.rule, node.pointer, effort)
    if effort.is_spent:
        findings.append(_TOO_INTRICATE)
    return tuple(sorted(findings, key=lambda finding: (finding.pointer, finding.code)))


def _nodes(rule: Rule, pointer: str) -> Iterator[_Node]:
    yield _Node(pointer, rule)
    match rule:
        case Not(rule=inner):
            yield from _nodes(inner, f"{pointer}/rule")
        case All(rules=rules) | AnyOf(rules=rules):
            for index, inner in enumerate(rules):
                yield from _nodes(inner, f"{pointer}/rules/{index}")
        case Cmp():
            return


def _whole(rule: Rule, effort: Effort) -> Iterator[Finding]:
    if satisfiable(rule, effort=effort) is False:
        yield _error(
            "never_true",
            "",
            "Aucune réponse ne peut remplir cette règle : elle se contredit",
            "No answers can meet this rule: it contradicts itself",
        )
    elif satisfiable(rule, wanted=Truth.FALSE, effort=effort) is False:
        yield _warning(
            "always_true",
            "",
            "Cette règle est remplie par tout le monde : elle n'exclut personne",
            "Everybody meets this rule: it excludes nobody",
        )


def _branches(rule: All | AnyOf, pointer: str, effort: Effort) -> Iterator[Finding]:
    """Find branches that nobody reaches, and those that the others make superfluous."""
    for index, branch in enumerate(rule.rules):
        place = f"{pointer}/rules/{index}"
        if isinstance(rule, AnyOf) and satisfiable(branch, effort=effort) is False:
            yield _error(
                "unreachable_branch",
                place,
                "Cette branche ne peut jamais être remplie",
                "This branch can never be met",
            )
        elif _is_superfluous(rule, index, effort):
            yield _warning(
                "redundant_branch",
                place,
                "Les autres branches disent déjà cela : celle-ci ne change rien",
                "The other branches say this already: this one changes nothing",
            )


def _is_superfluous(rule: All | AnyOf, index: int, effort: Effort) -> bool:
    """Tell whether the result is the same without a branch, whatever the answers."""
    others = (*rule.rules[:index], *rule.rules[index + 1 :])
    if not others:
        return False
    branch = rule.rules[index]
    if isinstance(rule, AnyOf):
        alone: Rule = All(rules=(branch, Not(rule=AnyOf(rules=others))))
    else:
        alone = All(rules=(*others, Not(rule=branch)))
    return satisfiable(alone, effort=effort) is False


def _leaf(leaf: Cmp, pointer: str, offers: Collection[str] | None) -> Iterator[Finding]:
    if leaf.attribute not in ANSWERABLE:
        yield _error(
            "not_asked",
            pointer,
            f"Aucune question ne demande « {leaf.attribute} » : la réponse restera inconnue",
            f"No question asks for “{leaf.attribute}”: the answer will stay unknown",
        )
    if leaf.source is None or not leaf.source.strip():
        yield _warning(
            "no_source", pointer, "Indiquez la source de ce critère", "Name the source of this rule"
        )
    if leaf.label_fr == leaf.label_en and len(leaf.label_fr.split()) > _SHORT_LABEL_WORDS:
        yield _warning(
            "not_translated",
            pointer,
            "Le libellé est le même en français et en anglais : traduisez-le",
            "The label is the same in French and in English: translate it",
        )
    yield from _values(leaf, pointer, offers)


def _values(leaf: Cmp, pointer: str, offers: Collection[str] | None) -> Iterator[Finding]:
    attribute = ATTRIBUTES[leaf.attribute]
    place = f"{pointer}/value"
    if attribute.type == "number":
        low, high = bounds_of(attribute)
        if not low <= float(leaf.value) <= high:  # type: ignore[arg-type]
            yield _error(
                "out_of_range",
                place,
                f"« {attribute.label_fr} » va de {low:g} à {high:g}",
                f"“{attribute.label_en}” goes from {low:g} to {high:g}",
            )
        return
    if attribute.type in {"flag", "date"}:
        return
    for code in codes_of(leaf):
        if not _is_known(leaf.attribute, code, offers):
            yield _error(
                "unknown_code",
                place,
                f"« {code} » n'existe pas pour « {attribute.label_fr} » : corrigez le code",
                f"“{code}” does not exist for “{attribute.label_en}”: correct the code",
            )


def _is_known(attribute: str, code: str, offers: Collection[str] | None) -> bool:
    """Tell whether an answer can have this code; a comparison with another is never known."""
    match ATTRIBUTES[attribute].type:
        case "territory":
            return canonical_or_none(code) is not None
        case "naf":
            return is_naf(code)
    if attribute == "prior_aid":
        return offers is None or code in offers or code.startswith((FAMILY, LEVEL))
    if attribute == "sectors":
        return code in SECTORS or is_naf(code)
    choices = choices_of(attribute)
    return not choices or code in choices


def _error(code: str, pointer: str, fr: str, en: str) -> Finding:
    return Finding(code, "error", pointer, text(fr, en))


def _warning(code: str, pointer: str, fr: str, en: str) -> Finding:
    return Finding(code, "warning", pointer, text(fr, en))


_TOO_INTRICATE = _warning(
    "too_intricate",
    "",
    "Cette règle est trop intriquée pour être vérifiée en entier : découpez-la ou simplifiez-la",
    "This rule is too intricate to be checked as a whole: split or simplify it",
)
