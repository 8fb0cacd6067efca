"""Sentences that a founder understands, in French and in English."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from aiff_contracts.offer import OpenToAll, Text
from aiff_matching.answers.domain.counterfactuals import Names
from aiff_matching.answers.domain.doubts import doubt_of
from aiff_matching.answers.domain.next_question import question_text
from aiff_matching.profiles.domain.facts import Aids
from aiff_matching.profiles.domain.wording import joined, value_text
from aiff_matching.rules.domain.evaluation import Comparison, Trace, Truth
from aiff_matching.rules.domain.verdicts import Check, Verdict
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between

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


def explain(
    trace: Trace, checks: Iterable[Check], conditions: tuple[Text, ...], names: Names,
    open_to_all: OpenToAll | None = None,
) -> Reasons:  # fmt: skip
    """Return the points of a rule's trace and of the typed checks, without repetitions.

    What fails on weak ground is a condition to confirm, said with its source. `names` are the
    titles of offers by slug.
    """
    all_checks = list(checks)
    passed = [_of_check(c) for c in all_checks if c.truth is Truth.TRUE]
    failed = [_of_check(c) for c in all_checks if c.truth is Truth.FALSE]
    missing = [_of_check(c) for c in all_checks if c.truth is Truth.UNKNOWN and c.blocking]
    doubts = [c.sentence for c in all_checks if c.truth is Truth.UNKNOWN and not c.blocking]
    doubted = [_doubted(comparison, _own(comparison, names)) for comparison in trace.doubted]
    rows = partial(_rows, names=names)
    return Reasons(
        passing=_unique([*_anyone(open_to_all), *rows(trace.passing, _passing), *passed]),
        failing=_unique([*rows(trace.failing, _failing), *failed]),
        unknown=_unique([*rows(trace.unknown, _missing), *missing]),
        conditions=tuple(dict.fromkeys((*conditions, *doubted, *doubts))),
    )


def _anyone(stated: OpenToAll | None) -> Iterator[Reason]:
    if stated is not None:
        sentence = text(stated.label_fr, stated.label_en)
        yield Reason("open_to_all", None, sentence, source=stated.source)


_Sentence = Callable[[Comparison, Text | None], Text]


def _rows(comparisons: Iterable[Comparison], say: _Sentence, *, names: Names) -> list[Reason]:
    return [_of_comparison(comparison, say, names) for comparison in comparisons]


def _passing(comparison: Comparison, own: Text | None) -> Text:
    """Say the requirement; a derived value is said with it, for nobody stated it."""
    said = own if comparison.leaf.attribute == "company_size" else None
    return _with_own(text(comparison.leaf.label_fr, comparison.leaf.label_en), said)


def _failing(comparison: Comparison, own: Text | None) -> Text:
    leaf = comparison.leaf
    sentence = text(f"Non rempli : {leaf.label_fr}", f"Not met: {leaf.label_en}")
    return _with_own(sentence, own)


def _missing(comparison: Comparison, own: Text | None) -> Text:
    leaf, asked = comparison.leaf, question_text(comparison.leaf.attribute)
    needed = _with_own(
        text(f"À préciser : {leaf.label_fr}", f"To be answered: {leaf.label_en}"), own
    )
    return text(f"{needed.fr}. {asked.fr}", f"{needed.en}. {asked.en}")


def _doubted(comparison: Comparison, own: Text | None) -> Text:
    """Say what is not met according to a source that refuses nobody by itself, and why not."""
    leaf = comparison.leaf
    why = doubt_of(leaf)
    asked = (leaf.label_fr, leaf.label_en)
    if comparison.negated:
        asked = (f"pas : {leaf.label_fr}", f"not: {leaf.label_en}")
    said = text(f"{why.fr} : {asked[0]}", f"{why.en}: {asked[1]}")
    with_own = _with_own(said, own)
    return text(f"{with_own.fr} ; à confirmer", f"{with_own.en}; to be confirmed")


def _with_own(sentence: Text, own: Text | None) -> Text:
    if own is None:
        return sentence
    return text(f"{sentence.fr} (vous : {own.fr})", f"{sentence.en} (you: {own.en})")


def _of_comparison(comparison: Comparison, say: _Sentence, names: Names) -> Reason:
    leaf, own = comparison.leaf, _own(comparison, names)
    return Reason(
        code="rule",
        attribute=leaf.attribute,
        sentence=say(comparison, own),
        op=leaf.op,
        limit=leaf.value,
        value=own,
        gap=_gap(comparison),
        source=leaf.source,
        alternative=comparison.alternative,
    )


def _of_check(check: Check) -> Reason:
    return Reason(code=check.code, attribute=check.attribute, sentence=check.sentence)


def _own(comparison: Comparison, names: Names) -> Text | None:
    fact, attribute = comparison.fact, comparison.leaf.attribute
    if fact is None:
        return None
    if isinstance(fact, Aids) and fact.obtained:
        titles = [names.get(code, text(code, code)) for code in sorted(fact.slugs)]
        return joined(titles, "et", "and")
    return value_text(fact, attribute)


def _gap(comparison: Comparison) -> float | None:
    """Return how far a failing number is from the limit, in the attribute's unit."""
    fact, limit = comparison.fact, comparison.leaf.value
    if comparison.truth is not Truth.FALSE or not isinstance(fact, Between):
        return None
    bound = fact.low if comparison.leaf.op in {"<", "<="} else fact.high
    return abs(bound - float(limit)) if isinstance(limit, int | float) else None


def _unique(reasons: list[Reason]) -> tuple[Reason, ...]:
    """Say each thing once: a mode often repeats its offer's rule."""
    seen: dict[tuple[object, ...], Reason] = {}
    for reason in reasons:
        seen.setdefault((reason.attribute, reason.sentence), reason)
    return tuple(seen.values())
