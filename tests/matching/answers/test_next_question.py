"""The next question is the one that judging every undecided offer by itself would choose."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.matching.answers.test_scan import half_encoded, needs, profiles
from tests.matching.documents import NOW, compute, grant, mode
from tests.matching.rules.strategies import ASKED_ON, knowledge, rules

from aiff_contracts.codec import dump, parse
from aiff_contracts.rules import Rule
from aiff_matching.answers.domain.assessment import assess
from aiff_matching.answers.domain.criteria import Question
from aiff_matching.answers.domain.matching import Asked, answer, own_truths
from aiff_matching.answers.domain.next_question import NextQuestion, next_question, waiting_of
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.answers.domain.scan import scan
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.domain.options import Situation
from aiff_matching.offers.domain.building import build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import Truth, waiting
from aiff_matching.rules.domain.proofs import proof

GPUS = packaged_gpu_table()
MOST = 100


def questions(
    catalogue: Catalogue, profile: dict, need: dict, top: int
) -> tuple[NextQuestion | None, NextQuestion | None]:
    """Return the question as the columns choose it, and as one offer after the other does."""
    told, wanted = parse(Profile, profile), parse(Need, need)
    situation = Situation.of(wanted.compute, GPUS, NOW)
    known = Known.of(told, wanted, situation.today)
    question = Question.of((told, wanted), known.facts, situation, catalogue.texts, None)
    truths = catalogue.truths(known)
    found = scan(catalogue, truths, known, question, wanted.wanted_kinds(), DEFAULT_WEIGHTS)
    places = found.undecided(top, MOST)
    expected = []
    for row in found.rows[places]:
        candidate = catalogue.candidates[row]
        item = assess(candidate, own_truths(candidate, truths), known, situation)
        rule = item.gate.rule
        found_by_proof = proof(rule, known.facts, known.today) if rule else None
        waits = {one.leaf.attribute for one in (found_by_proof.unknown if found_by_proof else ())}
        waits |= {
            check.attribute
            for check in item.checks
            if check.blocking and check.attribute and check.truth is Truth.UNKNOWN
        }
        expected.append(frozenset(waits))
    by_columns = list(waiting_of(catalogue, found.cases, found.ways[places], known))
    assert by_columns == expected
    return next_question(by_columns, known.facts), next_question(expected, known.facts)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profiles, needs, st.integers(1, 30))
def test_on_the_real_catalogue(profile: dict, need: dict, top: int) -> None:
    by_columns, one_by_one = questions(half_encoded(), profile, need, top)
    assert by_columns == one_by_one


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(rules, min_size=1, max_size=6), profiles, needs, st.integers(1, 10))
def test_on_catalogues_of_any_rules(
    written: list[Rule], profile: dict, need: dict, top: int
) -> None:
    funding = [grant(f"aid-{n}", rule=dump(rule)) for n, rule in enumerate(written[:3])]
    modes = [
        mode(f"way-{n}", "gpu_hour", eligibility={"rule": dump(rule)})
        for n, rule in enumerate(written[3:])
    ]
    by_columns, one_by_one = questions(
        build([*funding, compute("machine", modes)], 1), profile, need, top
    )
    assert by_columns == one_by_one


@given(rules, knowledge())
def test_a_rule_waits_for_what_its_proof_calls_unknown(rule: Rule, known: tuple) -> None:
    for facts in known:
        found = proof(rule, facts, ASKED_ON)
        unknown = frozenset(one.leaf.attribute for one in found.unknown)
        expected = unknown if found.truth is Truth.UNKNOWN else frozenset()
        assert waiting(rule, facts, ASKED_ON) == expected


def test_nothing_is_asked_where_nothing_is_undecided() -> None:
    asked = Asked(Profile(), Need(), frozenset(), DEFAULT_WEIGHTS, 10)
    assert answer(asked, build([], 1), GPUS, NOW).question is None
