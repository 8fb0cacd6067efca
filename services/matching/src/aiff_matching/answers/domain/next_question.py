"""The next question: the answer that would settle most of the undecided offers at the top."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.offer import Text
from aiff_matching.answers.domain.judged import Judged
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.offers.domain.moves import Ints
from aiff_matching.profiles.domain.facts import Fact, Facts, Known
from aiff_matching.rules.domain.evaluation import waiting
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between

# A derived attribute is asked through the answers that it is derived from, in this order.
_SOURCES = {
    "company_size": ("headcount", "turnover_eur", "balance_sheet_eur", "enterprises"),
    "age_months": ("created_on",),
}
# What is asked for but is no attribute of a rule.
_OTHER = {
    "gpu_hours": text(
        "Combien d'heures GPU faut-il, et sur quel modèle de GPU ont-elles été mesurées ?",
        "How many GPU hours do you need, and on which GPU model were they measured?",
    ),
    "enterprises": text(
        "Quels sont l'effectif, le chiffre d'affaires, le bilan et la part des entreprises liées "
        "et partenaires ?",
        "What are the headcount, turnover, balance sheet and share of linked and partner "
        "enterprises?",
    ),
}
_PLACES = {attribute: place for place, attribute in enumerate(ATTRIBUTES)}
_OTHER_UNITS = {"gpu_hours": "gpu_hours", "enterprises": ""}


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """What to ask, and how many undecided offers of the top it could settle."""

    attribute: str
    question: Text
    choices: tuple[str, ...]
    unit: str
    concerns: int


def waiting_of(
    catalogue: Catalogue, cases: Judged, ways: Ints, known: Known
) -> Iterator[frozenset[str]]:
    """Yield what each of these ways into offers waits for; equal rules are asked once.

    It is what `assess` and `proof` say of each offer by itself: the answers that its rules and
    its other requirements wait for.
    """
    columns, book = catalogue.columns, catalogue.rulebook
    of_rules: dict[tuple[int, int], frozenset[str]] = {}
    for way, case in zip(ways.tolist(), columns.cases.index[ways].tolist(), strict=True):
        gate = columns.way_gates[way]
        root = int(book.roots[gate]), int(book.lenient_roots[gate])
        if root not in of_rules:
            rule = catalogue.gate(way).rule
            found = None if rule is None else waiting(rule, known.facts, known.today)
            of_rules[root] = found or frozenset()
        yield of_rules[root] | cases.waits[case]


def next_question(undecided: Iterable[frozenset[str]], facts: Facts) -> NextQuestion | None:
    """Return the question, None when no answer can change the first offers.

    `undecided` holds, for each undecided offer that is at the top or would be there if eligible,
    the attributes that its verdict waits for. An offer that waits for one answer weighs more
    than one that waits for many.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    concerned: defaultdict[str, int] = defaultdict(int)
    for missing in undecided:
        attributes = askable(missing, facts)
        for attribute in attributes:
            weights[attribute] += 1 / len(attributes)
            concerned[attribute] += 1
    if not weights:
        return None
    chosen = min(weights, key=lambda name: (-round(weights[name], 9), _place(name), name))
    return _asked(chosen, concerned[chosen])


def askable(attributes: Iterable[str], facts: Facts) -> frozenset[str]:
    """Return the answers to ask for; nobody is asked for the age of a company not yet made."""
    found: set[str] = set()
    for attribute in attributes:
        sources = _SOURCES.get(attribute, (attribute,))
        found.add(next((s for s in sources if _is_open(facts.get(s))), sources[0]))
    return frozenset(found)


def _is_open(fact: Fact | None) -> bool:
    """Tell whether an answer is missing, or known only within bounds."""
    return fact is None or (isinstance(fact, Between) and fact.low != fact.high)


def question_text(attribute: str) -> Text:
    """Return the words in which an attribute is asked for."""
    known = ATTRIBUTES.get(attribute)
    return text(known.question_fr, known.question_en) if known else _OTHER[attribute]


def _asked(attribute: str, concerns: int) -> NextQuestion:
    known = ATTRIBUTES.get(attribute)
    choices, unit = (known.choices, known.unit) if known else ((), _OTHER_UNITS[attribute])
    return NextQuestion(attribute, question_text(attribute), choices, unit, concerns)


def _place(attribute: str) -> int:
    return _PLACES.get(attribute, len(_PLACES))
