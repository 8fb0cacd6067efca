"""Random profiles, facts and rules for the properties of the evaluator."""

from datetime import date, timedelta

from hypothesis import strategies as st

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.rules import OPS, All, AnyOf, Cmp, Not, Rule
from aiff_matching.profiles.domain.aid import AidKind, ObtainedAid
from aiff_matching.profiles.domain.facts import Aids, Day, Exactly, Fact, Flag, OneOf, Places
from aiff_matching.shared.intervals import Between

NUMBERS = range(6)
CODES = ("a", "b", "c")
NAFS = ("62.01Z", "62.02A", "62", "J", "C", "58.29C")
TERRITORIES = ("EU", "FR", "REG-11", "DEP-75", "COM-75056", "REG-84", "DE", "EU-ASSOCIATED")
DAYS = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(4))
# Two months after the second of these days.
ASKED_ON = date(2026, 3, 2)
AID_CODES = ("a", "b", "family:f", "family:g", "level:region", "level:state")
RECENT, OLD = date(2026, 1, 1), date(2024, 1, 1)
GROUNDS = (
    {"confidence": "stated_by_provider", "as_of": RECENT},
    {"confidence": "sourced", "as_of": RECENT},
    {"confidence": "sourced", "as_of": OLD},
    {"confidence": "secondary", "as_of": RECENT},
    {"confidence": "sourced"},
    {},
)
NAMES = (
    "headcount", "trl", "deeptech", "created_on", "stage", "sectors", "naf", "sites", "country",
    "organisation_type", "prior_aid",
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
    ground = dict(draw(st.sampled_from(GROUNDS)))
    if name == "prior_aid":
        value = draw(st.lists(st.sampled_from(AID_CODES), min_size=1, max_size=3).map(tuple))
        ground["granted_within_months"] = draw(st.none() | st.integers(1, 3))
    return Cmp(attribute=name, op=op, value=value, label_fr="règle", label_en="rule", **ground)


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


_AID = st.builds(
    ObtainedAid,
    st.sampled_from(("a", "b", "other")),
    st.builds(
        AidKind, st.frozensets(st.sampled_from(("f", "g"))), st.sampled_from(("region", "state"))
    ),
    st.sampled_from(DAYS),
)
_AIDS: st.SearchStrategy[Fact] = st.frozensets(_AID, max_size=2).map(
    lambda aids: Aids(aids, ASKED_ON)
)


def complete_fact(name: str) -> st.SearchStrategy[Fact]:
    """A fact that leaves nothing open."""
    if name == "prior_aid":
        return _AIDS
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
        case Aids(obtained=aids):
            vague = Aids(frozenset(draw(_vaguer_aid(aid)) for aid in aids), ASKED_ON)
        case Places(codes=codes):
            vague = Places((draw(st.sampled_from(_coarser(codes[0]))),))
    return None if draw(st.booleans()) else vague


@st.composite
def _vaguer_aid(draw: st.DrawFn, aid: ObtainedAid) -> ObtainedAid:
    """The same aid, of which less is known: its families, its level, its day."""
    families, level = aid.kind.families, aid.kind.level
    kind = AidKind(draw(st.sampled_from((families, None))), draw(st.sampled_from((level, None))))
    return ObtainedAid(aid.offer, kind, draw(st.sampled_from((aid.granted_on, None))))


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
