"""Sentences that a founder understands, in French and in English."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from aiff_contracts.offer import OpenToAll, Text
from aiff_matching.answers.domain.counterfactuals import (
    Counterfactual,
    Names,
    counterfactuals,
)
from aiff_matching.answers.domain.doubts import doubt_of
from aiff_matching.answers.domain.next_question import question_text
from aiff_matching.offers.domain.catalogue import Gate
from aiff_matching.profiles.domain.facts import Aids, Known
from aiff_matching.profiles.domain.wording import joined, value_text
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.rules.domain.proofs import Comparison, Proofs, Trace
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


@dataclass(frozen=True, slots=True)
class Explained:
    """What a verdict rests on, and what would undo a refusal."""

    reasons: Reasons
    counterfactuals: tuple[Counterfactual, ...]


Conditions = tuple[Text, ...]
_PROVEN = Trace(Truth.TRUE)


class Explainer:
    """Explains the offers of one answer: what they have in common is compared and said once."""

    def __init__(self, known: Known, names: Names) -> None:
        """Keep what is known; `names` are the titles of offers by slug."""
        self._known, self._names = known, names
        self._proofs = Proofs(known.facts, known.today)
        self._own: dict[str, Text | None] = {}
        self._said: dict[tuple[int, Truth, bool, str | None], Reason] = {}

    def explain(self, gate: Gate, checks: Iterable[Check], conditions: Conditions) -> Explained:
        """Return what a verdict rests on, and what would undo a refusal."""
        found = _PROVEN if gate.rule is None else self._proofs.of(gate.rule)
        all_checks = tuple(checks)
        reasons = self._reasons(found, all_checks, conditions, gate.open_to_all)
        changes = counterfactuals(gate.rule, found, all_checks, self._known, self._names)
        return Explained(reasons, tuple(changes))

    def _reasons(
        self,
        found: Trace,
        checks: tuple[Check, ...],
        conditions: Conditions,
        open_to_all: OpenToAll | None,
    ) -> Reasons:
        """Return the points of a rule's trace and of the typed checks, without repetitions.

        What fails on weak ground is a condition to confirm, said with its source.
        """
        passed = [_of_check(c) for c in checks if c.truth is Truth.TRUE]
        failed = [_of_check(c) for c in checks if c.truth is Truth.FALSE]
        missing = [_of_check(c) for c in checks if c.truth is Truth.UNKNOWN and c.blocking]
        doubts = [c.sentence for c in checks if c.truth is Truth.UNKNOWN and not c.blocking]
        doubted = [_doubted(comparison, self._value(comparison)) for comparison in found.doubted]
        of_rule = self._of_comparison
        return Reasons(
            passing=_unique([*_anyone(open_to_all), *map(of_rule, found.passing), *passed]),
            failing=_unique([*map(of_rule, found.failing), *failed]),
            unknown=_unique([*map(of_rule, found.unknown), *missing]),
            conditions=tuple(dict.fromkeys((*conditions, *doubted, *doubts))),
        )

    def _of_comparison(self, comparison: Comparison) -> Reason:
        # The comparisons are held with their proofs, so that no other leaf gets the same id.
        truth = comparison.truth
        key = id(comparison.leaf), truth, comparison.negated, comparison.alternative
        if key not in self._said:
            own = self._value(comparison)
            self._said[key] = _of_comparison(comparison, _SAYING[truth], own)
        return self._said[key]

    def _value(self, comparison: Comparison) -> Text | None:
        """Return in words what is known of what a comparison asks about."""
        attribute = comparison.leaf.attribute
        if attribute not in self._own:
            self._own[attribute] = _own(comparison, self._names)
        return self._own[attribute]


def _anyone(stated: OpenToAll | None) -> Iterator[Reason]:
    if stated is not None:
        sentence = text(stated.label_fr, stated.label_en)
        yield Reason("open_to_all", None, sentence, source=stated.source)


_Sentence = Callable[[Comparison, Text | None], Text]


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


_SAYING: dict[Truth, _Sentence] = {
    Truth.TRUE: _passing,
    Truth.FALSE: _failing,
    Truth.UNKNOWN: _missing,
}


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


def _of_comparison(comparison: Comparison, say: _Sentence, own: Text | None) -> Reason:
    leaf = comparison.leaf
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
    if len(reasons) > 1:
        seen: dict[tuple[str | None, str, str], Reason] = {}
        for reason in reasons:
            seen.setdefault((reason.attribute, reason.sentence.fr, reason.sentence.en), reason)
        return tuple(seen.values())
    return tuple(reasons)
