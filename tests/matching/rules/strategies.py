"""Random profiles, facts and rules for the properties of the evaluator."""

from datetime import date, timedelta

from hypothesis import strategies as st

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.rules import OPS, All, AnyOf, Cmp, Not, Rule
from aiff_matching.profiles.domain.facts import Day, Exactly, Fact, Flag, OneOf, Places
from aiff_matching.shared.intervals import Between

NUMBERS = range(6)
CODES = ("a", "b", "c")
NAFS = ("62.01Z", "62.02A", "62", "J", "C", "58.29C")
TERRITORIES = ("EU", "FR", "REG-11", "DEP-75", "COM-75056", "REG-84", "DE", "EU-ASSOCIATED")
DAYS = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(4))
# Two months after the second of these days.
ASKED_ON = date(2026, 3, 2)
NAMES = (
    "headcount", "trl", "deeptech", "created_on", "stage", "sectors", "naf", "sites", "country",
    "organisation_type",
)  # fmt: skip


def _value(kind: str) -> st.SearchStrategy:
    match kind:
        case "number":
            return st.sampled_from(NUMBERS)
        case "flag":
            return st.booleans()
        case "date":
            return st.sampled_from(DAYS).map(date.isoformat)
        case "naf":
            return st.lists(st.sampled_from(NAFS), min_size=1, max_size=3).map(tuple)
        case "territory":
            return st.lists(st.sampled_from(TERRITORIES), min_size=1, max_size=3).map(tuple)
        case _:
            return st.lists(st.sampled_from(CODES), min_size=1, max_size=3).map(tuple)


@st.composite
def leaves(draw: st.DrawFn) -> Cmp:
    name = draw(st.sampled_from(NAMES))
    kind = ATTRIBUTES[name].type
    op = draw(st.sampled_from(sorted(OPS[kind])))
    value = draw(st.integers(1, 3) if op == "within_months" else _value(kind))
    return Cmp(attribute=name, op=op, value=value, label_fr="règle", label_en="rule")


def _trees(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        several.map(lambda rules: All(rules=rules)),
        several.map(lambda rules: AnyOf(rules=rules)),
        inner.map(lambda rule: Not(rule=rule)),
    )


rules: st.SearchStrategy[Rule] = st.recursive(leaves(), _trees, max_leaves=12)


def _known(code: str) -> OneOf:
    return OneOf(frozenset({code}))


_COMPLETE: dict[str, st.SearchStrategy[Fact]] = {
    "number": st.sampled_from(NUMBERS).map(lambda n: Between(n, n)),
    "flag": st.booleans().map(Flag),
    "date": st.sampled_from(DAYS).map(lambda day: Day(day, ASKED_ON)),
    "codes": st.frozensets(st.sampled_from(CODES)).map(Exactly),
    "naf": st.sampled_from(("62.01Z", "58.29C")).map(_known),
    "territory": st.sampled_from((("COM-75056",), ("COM-69123",), ("DE",))).map(Places),
    "code": st.sampled_from(CODES).map(_known),
}


def complete_fact(name: str) -> st.SearchStrategy[Fact]:
    """A fact that leaves nothing open."""
    return _COMPLETE[ATTRIBUTES[name].type]


complete_facts = st.fixed_dictionaries({name: complete_fact(name) for name in NAMES})


@st.composite
def vaguer(draw: st.DrawFn, fact: Fact) -> Fact | None:
    """The same fact with less knowledge: wider, coarser, or not known at all."""
    vague = fact
    match fact:
        case Between(low=low, high=high):
            vague = Between(low - draw(st.integers(0, 2)), high + draw(st.integers(0, 2)))
        case OneOf(codes=codes) if codes == {"62.01Z"}:
            vague = _known(draw(st.sampled_from(("62.01Z", "62.01", "62", "J"))))
        case OneOf(codes=codes) if codes <= set(CODES):
            vague = OneOf(codes | draw(st.frozensets(st.sampled_from(CODES))))
        case Places(codes=codes):
            vague = Places((draw(st.sampled_from(_coarser(codes[0]))),))
    return None if draw(st.booleans()) else vague


def _coarser(code: str) -> tuple[str, ...]:
    return {
        "COM-75056": ("COM-75056", "DEP-75", "REG-11", "FR", "EU"),
        "COM-69123": ("COM-69123", "DEP-69", "REG-84", "FR", "EU"),
    }.get(code, (code,))


@st.composite
def knowledge(draw: st.DrawFn) -> tuple[dict[str, Fact], dict[str, Fact]]:
    """Facts with gaps, and one completion of them."""
    complete = draw(complete_facts)
    partial = {name: draw(vaguer(fact)) for name, fact in complete.items()}
    return {name: fact for name, fact in partial.items() if fact is not None}, complete
