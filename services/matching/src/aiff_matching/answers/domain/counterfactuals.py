"""What would change a refusal: one change, or two where no single one is enough.

Each proposal is tried by evaluating the whole rule again, so that none is shown which another
rule refuses. What cannot be undone (age, failed applications) is never proposed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from math import inf, nextafter

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.days import day_en, day_fr
from aiff_contracts.labels import YES_NO
from aiff_contracts.months import months_later
from aiff_contracts.offer import Text
from aiff_contracts.rules import Cmp, Rule
from aiff_matching.profiles.domain.aid import ObtainedAid, granted
from aiff_matching.profiles.domain.facts import (
    Aids,
    Day,
    Exactly,
    Fact,
    Facts,
    Flag,
    Known,
    OneOf,
    Places,
    size,
)
from aiff_matching.profiles.domain.sizes import CEILINGS, SIZES, Size, possible_sizes
from aiff_matching.profiles.domain.wording import (
    codes_text,
    joined,
    limit_text,
    measure_text,
    value_text,
)
from aiff_matching.rules.domain.evaluation import Truth, aid_truth, evaluate, judged, values_of
from aiff_matching.rules.domain.proofs import Comparison, Trace
from aiff_matching.rules.domain.verdicts import Check
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between

Names = Mapping[str, Text]
_OPS_FR = {"<": "inférieur à", "<=": "au plus", ">": "supérieur à", ">=": "au moins", "==": ""}
_OPS_EN = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": ""}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
# These only grow.
_CUMULATIVE = frozenset(("eic_failures", "funds_raised_eur"))
_FIGURES = (
    ("headcount", "headcount"), ("turnover_eur", "turnover"), ("balance_sheet_eur", "balance"),
)  # fmt: skip
_WITH_OTHERS = (
    " avec les entreprises liées et partenaires",
    " with linked and partner enterprises",
)
_MOST_CHANGES, _MOST_SHOWN = 10, 3


@dataclass(frozen=True, slots=True)
class Change:
    """Another value of one attribute; `from_day` for one that time brings.

    `op` and `limit` say which values would do, `facts` are those that one of them would give.
    """

    attribute: str
    op: str
    limit: object
    phrase: Text
    facts: Facts
    from_day: date | None = None


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """Changes that together undo the refusal; `complete` when no answer would be missing."""

    changes: tuple[Change, ...]
    complete: bool
    sentence: Text


def counterfactuals(
    rule: Rule | None, proof: Trace, checks: Iterable[Check], known: Known, names: Names
) -> list[Counterfactual]:
    """Return the smallest changes that undo a refusal by a rule, none for another verdict.

    `names` are the titles of offers by slug. Where a typed check fails too, no change of the
    profile alone would help.
    """
    blocked = any(check.truth is Truth.FALSE for check in checks)
    if rule is None or proof.truth is not Truth.FALSE or blocked:
        return []
    changes = list(_proposals(proof.failing, known, names))[:_MOST_CHANGES]
    for count in (1, 2):
        tried = [c for c in (_tried(rule, combined, known) for combined in
                 combinations(changes, count)) if c is not None]  # fmt: skip
        if tried:
            return tried[:_MOST_SHOWN]
    return []


def _tried(rule: Rule, changes: tuple[Change, ...], known: Known) -> Counterfactual | None:
    if len({change.attribute for change in changes}) < len(changes):
        return None
    facts = dict(known.facts)
    # Time passes first: a later day must not undo the other change.
    for change in sorted(changes, key=lambda item: item.from_day is None):
        facts |= change.facts
    truth = judged(
        rule, facts, max((c.from_day for c in changes if c.from_day), default=known.today)
    )
    if truth is Truth.FALSE:
        return None
    complete = truth is Truth.TRUE
    return Counterfactual(changes, complete, _sentence(changes, complete=complete))


def _sentence(changes: tuple[Change, ...], *, complete: bool) -> Text:
    what = joined([change.phrase for change in changes], "et", "and")
    if all(change.from_day is not None for change in changes):
        if complete:
            return text(f"Les règles seront remplies {what.fr}", f"The rules will be met {what.en}")
        return text(
            f"Plus aucune règle ne s'y opposera {what.fr}",
            f"No rule will stand against it any more {what.en}",
        )
    if complete:
        return text(
            f"Les règles seraient remplies avec : {what.fr}",
            f"The rules would be met with: {what.en}",
        )
    return text(
        f"Plus aucune règle ne s'y opposerait avec : {what.fr}",
        f"No rule would stand against it any more with: {what.en}",
    )


def _proposals(failing: Iterable[Comparison], known: Known, names: Names) -> Iterator[Change]:
    seen: set[tuple[str, str, object]] = set()
    for comparison in failing:
        for change in _changes(comparison, known, names):
            key = (change.attribute, change.op, change.limit)
            if key not in seen:
                seen.add(key)
                yield change


def _changes(comparison: Comparison, known: Known, names: Names) -> Iterator[Change]:
    leaf = comparison.leaf
    match ATTRIBUTES[leaf.attribute].type:
        case "number" if leaf.attribute == "age_months":
            yield from _aged(comparison, known)
        case "number":
            yield from _number(comparison, known)
        case "flag":
            wanted = bool(leaf.value) != comparison.negated
            yield Change(leaf.attribute, "==", wanted, _flag_phrase(comparison), {
                leaf.attribute: Flag(value=wanted)
            })  # fmt: skip
        case "territory" if not comparison.negated:
            yield _moved(leaf, known)
        case "codes":
            yield _codes(comparison, known, names)
        case "code" if leaf.attribute == "company_size":
            yield from _sized(comparison, known)
        case "code" | "naf":
            yield from _code(comparison)
        case _:
            return


def _number(comparison: Comparison, known: Known) -> Iterator[Change]:
    leaf, fact = comparison.leaf, comparison.fact
    op = _OPPOSITE.get(leaf.op, "") if comparison.negated else leaf.op
    if not op or not isinstance(fact, Between):
        return
    limit = float(leaf.value)  # type: ignore[arg-type]
    if leaf.attribute == "de_minimis_received_eur":
        yield from _relieved(leaf, op, known)
    if op in {"<", "<="} and leaf.attribute in _CUMULATIVE:
        return
    value = {"<": nextafter(limit, -inf), ">": nextafter(limit, inf)}.get(op, limit)
    attribute = ATTRIBUTES[leaf.attribute]
    asked, own = limit_text(limit, attribute.unit), value_text(fact, leaf.attribute)
    french = " ".join(filter(None, (_OPS_FR[op], asked.fr)))
    english = " ".join(filter(None, (_OPS_EN[op], asked.en)))
    phrase = text(
        f"{attribute.label_fr} : {french} (vous : {own.fr})",
        f"{attribute.label_en}: {english} (you: {own.en})",
    )
    yield Change(leaf.attribute, op, limit, phrase, {leaf.attribute: Between(value, value)})


def _aged(comparison: Comparison, known: Known) -> Iterator[Change]:
    """Time makes a company older, never younger."""
    leaf, created = comparison.leaf, known.facts.get("created_on")
    op = _OPPOSITE.get(leaf.op, "") if comparison.negated else leaf.op
    if op in {">", ">="} and isinstance(created, Day):
        limit = float(leaf.value)  # type: ignore[arg-type]
        day = months_later(created.value, int(limit) + (op == ">"))
        yield _on_day(leaf, op, day, known)


def _relieved(leaf: Cmp, op: str, known: Known) -> Iterator[Change]:
    """Aid that leaves the three years gives headroom back."""
    for day in known.relief_days():
        total = known.later(day).get(leaf.attribute)
        if evaluate(leaf, {leaf.attribute: total} if total else {}) is Truth.TRUE:
            yield _on_day(leaf, op, day, known)
            return


def _on_day(leaf: Cmp, op: str, day: date, known: Known) -> Change:
    phrase = text(f"à partir du {day_fr(day)}", f"from {day_en(day)}")
    return Change(leaf.attribute, op, leaf.value, phrase, known.later(day), day)


def _flag_phrase(comparison: Comparison) -> Text:
    leaf, attribute = comparison.leaf, ATTRIBUTES[comparison.leaf.attribute]
    if comparison.negated:
        answer = YES_NO[not leaf.value]
        return text(f"{attribute.label_fr} : {answer[0]}", f"{attribute.label_en}: {answer[1]}")
    return text(f"« {leaf.label_fr} »", f"“{leaf.label_en}”")


def _moved(leaf: Cmp, known: Known) -> Change:
    """Propose a site in the territory, or to be established in it."""
    codes = values_of(leaf)
    names = codes_text(leaf.attribute, list(codes))
    sites = known.facts.get("sites")
    present = sites.codes if isinstance(sites, Places) else ()
    facts: dict[str, Fact] = {"sites": Places((*present, codes[0]), more=False)}
    phrase = text(f"un établissement dans : {names.fr}", f"a site in: {names.en}")
    if leaf.attribute == "country":
        facts["country"] = Places((codes[0],))
        phrase = text(
            f"une entreprise établie dans : {names.fr}", f"a company established in: {names.en}"
        )
    return Change(leaf.attribute, "within", codes, phrase, facts)


def _codes(comparison: Comparison, known: Known, names: Names) -> Change:
    """Propose to have one of the codes, or none of them."""
    leaf, listed = comparison.leaf, values_of(comparison.leaf)
    if leaf.attribute == "prior_aid":
        return _aided(comparison, known, names)
    present = comparison.fact.codes if isinstance(comparison.fact, Exactly) else frozenset()
    wanted = (leaf.op == "overlaps") != comparison.negated
    fact = Exactly(present | {listed[0]} if wanted else present - set(listed))
    label, codes = ATTRIBUTES[leaf.attribute], codes_text(leaf.attribute, list(listed))
    without = ("", "") if wanted else ("hors de ", "other than ")
    phrase = text(
        f"{label.label_fr} : {without[0]}{codes.fr}", f"{label.label_en}: {without[1]}{codes.en}"
    )
    op = "overlaps" if wanted else "not_in"
    return Change(leaf.attribute, op, listed, phrase, {leaf.attribute: fact})


def _aided(comparison: Comparison, known: Known, names: Names) -> Change:
    """Propose to obtain one of the aids, or not to have had them."""
    leaf, listed = comparison.leaf, values_of(comparison.leaf)
    had = comparison.fact.obtained if isinstance(comparison.fact, Aids) else frozenset()
    if (leaf.op == "overlaps") != comparison.negated:
        fact = Aids(had | {granted(listed[0], known.today)}, known.today)
        phrase = text(f"« {leaf.label_fr} »", f"“{leaf.label_en}”")
        return Change("prior_aid", "overlaps", listed, phrase, {"prior_aid": fact})
    barred = [aid for aid in had if _counts(aid, leaf, known.today)]
    fact = Aids(had.difference(barred), known.today)
    slugs = sorted(aid.offer for aid in barred)
    said = joined([names.get(slug, text(slug, slug)) for slug in slugs], "et", "and")
    phrase = text(f"sans cette aide préalable : {said.fr}", f"without this prior aid: {said.en}")
    return Change("prior_aid", "not_in", listed, phrase, {"prior_aid": fact})


def _counts(aid: ObtainedAid, leaf: Cmp, today: date) -> bool:
    alone = Aids(frozenset({aid}), today)
    asked = (aid_truth(alone, code, leaf.granted_within_months) for code in values_of(leaf))
    return max(asked) is Truth.TRUE


def _code(comparison: Comparison) -> Iterator[Change]:
    """Propose the values that the rule allows."""
    leaf, attribute = comparison.leaf, ATTRIBUTES[comparison.leaf.attribute]
    listed, wanted = values_of(leaf), (leaf.op == "not_in") == comparison.negated
    allowed = listed if wanted else tuple(c for c in attribute.choices if c not in listed)
    if not allowed:
        return
    words = codes_text(leaf.attribute, list(allowed))
    phrase = text(f"{attribute.label_fr} : {words.fr}", f"{attribute.label_en}: {words.en}")
    op = "prefix" if leaf.op == "prefix" else "in"
    fact = OneOf(frozenset({allowed[0]}))
    yield Change(leaf.attribute, op, allowed, phrase, {leaf.attribute: fact})


def _sized(comparison: Comparison, known: Known) -> Iterator[Change]:
    """Propose the figure that alone would make the size fit, else the classes themselves."""
    classes = [change for change in _code(comparison) if isinstance(change.limit, tuple)]
    for change in classes:
        allowed = frozenset(change.limit)  # type: ignore[call-overload]
        smaller = list(_smaller(size(known.profile), allowed))
        yield from smaller or [change]


def _smaller(found: Size, allowed: frozenset[str]) -> Iterator[Change]:
    # Earlier accounts weigh too: one changed figure would not settle them.
    if found.years > 1:
        return
    ceilings = CEILINGS[: len(SIZES) - 1]
    rank = max(SIZES.index(name) for name in allowed)
    limits = dict(zip(_FIGURES, ceilings[rank], strict=True)) if rank < len(ceilings) else {}
    for (attribute, part), limit in limits.items():
        op = "<" if attribute == "headcount" else "<="
        value = nextafter(limit, -inf) if op == "<" else limit
        span: Between = getattr(found.totals, part)
        changed = replace(found.totals, **{part: Between(min(span.low, value), value)})
        classes = possible_sizes(changed.headcount, changed.turnover, changed.balance)
        if span.high > value and classes <= allowed:
            phrase = _figure_phrase(attribute, op, limit, span, group=bool(found.enterprises))
            facts: dict[str, Fact] = {"company_size": OneOf(classes)}
            if not found.enterprises:
                facts[attribute] = Between(min(span.low, value), value)
            yield Change(attribute, op, limit, phrase, facts)


def _figure_phrase(name: str, op: str, limit: float, span: Between, *, group: bool) -> Text:
    attribute = ATTRIBUTES[name]
    asked, own = limit_text(limit, attribute.unit), measure_text(span, attribute.unit)
    with_fr, with_en = _WITH_OTHERS if group else ("", "")
    return text(
        f"{attribute.label_fr}{with_fr} : {_OPS_FR[op]} {asked.fr} (vous : {own.fr})",
        f"{attribute.label_en}{with_en}: {_OPS_EN[op]} {asked.en} (you: {own.en})",
    )
