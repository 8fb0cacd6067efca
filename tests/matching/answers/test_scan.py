"""Judging all offers by columns agrees exactly with judging them one by one."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.matching.documents import NOW, compute, grant, mode, offer
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.codec import parse
from aiff_matching.answers.domain.assessment import Assessment, assess, hidden
from aiff_matching.answers.domain.criteria import Question
from aiff_matching.answers.domain.matching import Asked, answer, own_truths
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS, is_refused, ranked, score
from aiff_matching.answers.domain.scan import scan
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.domain.options import Situation
from aiff_matching.experience.domain import Experience, PastNeed, Sketch, traits_of
from aiff_matching.offers.domain.building import build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.offers.domain.ratings import RatingSum
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.verdicts import VERDICTS, Decision

KINDS = ("compute", "funding", "training", "incubation", "expertise", "network")


def _optional(**fields: st.SearchStrategy) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries({}, optional=fields)


_numbers = st.sampled_from([0, 1, 8, 40, 300, 5_000, 30_000, 900_000])
profiles = _optional(
    organisation_type=st.sampled_from(["startup", "sme", "midcap", "lab", "university"]),
    country=st.sampled_from(["FR", "DE"]),
    created_on=st.sampled_from(["2019-01-01", "2025-02-10", "2026-09-01"]),
    headcount=_numbers,
    turnover_eur=_numbers,
    trl=st.integers(1, 9),
    own_equity_eur=_numbers,
    de_minimis_received_eur=_numbers,
    prior_aid=st.just([]),
    deeptech=st.booleans(),
    ai_company=st.booleans(),
    has_legal_entity=st.just(True),
    hpc_experience=st.booleans(),
    sectors=st.lists(st.sampled_from(["health", "energy", "industry"]), max_size=2),
    stage=st.sampled_from(["seed", "growth"]),
)
needs = _optional(
    description=st.sampled_from(["prêt d'amorçage", "GPU H100 à Paris", "cours de calcul"]),
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, unique=True),
    compute=_optional(
        gpu_hours=_numbers,
        gpu_model=st.sampled_from(["H100-SXM", "V100"]),
        purpose=st.sampled_from(["open_research", "production"]),
        sovereignty=st.sampled_from(["none", "eu_hosted", "sovereign_strict"]),
        stack=st.sampled_from(["cuda", "rocm"]),
        budget_eur=_numbers,
        duration_months=st.sampled_from([1, 12, 36]),
        data_class=st.sampled_from(["health", "personal"]),
    ),
    funding=_optional(
        amount_eur=_numbers,
        non_dilutive_only=st.booleans(),
        instruments=st.just(["grant", "loan"]),
        project_cost_eur=_numbers,
    ),
    training=_optional(topics=st.just(["MPI"]), language=st.just("fr")),
    incubation=_optional(no_equity=st.booleans(), remote_ok=st.booleans()),
)
weights = st.dictionaries(st.sampled_from(sorted(DEFAULT_WEIGHTS)), st.floats(0, 10), max_size=4)


GPUS = packaged_gpu_table()


@cache
def half_encoded() -> Catalogue:
    """The real catalogue, where every second offer has a vector already."""
    documents = [candidate.offer for candidate in real_catalogue().candidates]
    source = np.random.default_rng(1)
    vectors = {d.id: source.normal(size=8).astype(np.float32) for d in documents[::2]}
    return build(documents, 1, vectors)


def _assert_equal(catalogue: Catalogue, asked: tuple[Profile, Need], used: dict, now) -> None:
    """Compare with the plain way: every offer by itself, then sorted."""
    profile, need = asked
    situation = Situation.of(need.compute, GPUS, now)
    known = Known.of(profile, need, situation.today)
    embedding = np.ones(8, np.float32)
    compared = (catalogue.texts, embedding, catalogue.experience)
    question = Question.of(asked, known.facts, situation, *compared)
    truths, kinds = catalogue.truths(known), need.wanted_kinds()
    left_out: Counter = Counter()
    items = []
    for candidate in catalogue.candidates:
        reason = hidden(candidate, need, situation)
        reason = "other_kind" if kinds and candidate.offer.kind not in kinds else reason
        left_out[reason] += 1
        if reason is None:
            item = assess(candidate, own_truths(candidate, truths), known, situation)
            items.append(score(item, question, used))
    expected = ranked(items)
    found = scan(catalogue, truths, known, question, kinds, used)
    slugs = [catalogue.candidates[row].offer.slug for row in found.rows]
    assert slugs == [item.slug for item in expected]
    assert found.scores.tolist() == [item.score for item in expected]
    verdicts = [item.assessment.decision.verdict for item in expected]
    assert [VERDICTS[verdict] for verdict in found.verdicts] == verdicts
    assert found.counts() == Counter(verdicts)
    assert found.possible == sum(not is_refused(item) for item in expected)
    best = [score(_eligible(item.assessment), question, used).score for item in expected]
    assert found.hopes.tolist() == pytest.approx(best)
    assert found.hidden == {name: n for name, n in left_out.items() if name is not None}


def _eligible(item: Assessment) -> Assessment:
    """Return the assessment as if its verdict were the best one."""
    return replace(item, decision=Decision("eligible", "eligible"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profiles, needs, weights, st.integers(-400, 400))
def test_the_columns_agree_with_one_by_one_on_the_real_catalogue(
    profile: dict, need: dict, chosen: dict, days: int
) -> None:
    asked = (parse(Profile, profile), parse(Need, need))
    now = NOW + timedelta(days=days)
    _assert_equal(half_encoded(), asked, DEFAULT_WEIGHTS | chosen, now)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profiles, needs, st.data())
def test_what_is_remembered_holds_until_something_opens_or_closes(
    profile: dict, need: dict, data: st.DataObject
) -> None:
    catalogue, asked = half_encoded(), (parse(Profile, profile), parse(Need, need))
    change = datetime.fromtimestamp(data.draw(st.sampled_from(_recent(catalogue))), UTC)
    for now in (change - timedelta(seconds=1), change, change + timedelta(seconds=1)):
        _assert_equal(catalogue, asked, DEFAULT_WEIGHTS, now)


def _recent(catalogue: Catalogue) -> list[float]:
    return [
        at for at in catalogue.columns.instants if at > datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    ]


def test_an_answer_that_was_remembered_says_nothing_about_who_asked_before() -> None:
    capped = {"capped_by_own_equity": True, "max_cumulated_rate": 0.5}
    capped_grant = grant("capped", details={"stacking": capped})
    offers = [capped_grant, grant("free"), compute("machine")]
    catalogue, need = build(offers, 1), parse(Need, {"funding": {"project_cost_eur": 1000}})
    for equity in (5, 10_000_000, 0):
        profile = parse(Profile, {"own_equity_eur": equity, "prior_aid": []})
        _assert_equal(catalogue, (profile, need), DEFAULT_WEIGHTS, NOW)


def test_ratings_order_offers_that_are_otherwise_equal() -> None:
    offers = [grant("aa"), grant("bb"), grant("cc")]
    said = {offers[0].id: RatingSum(4, 5), offers[2].id: RatingSum(4, 20)}
    catalogue = build(offers, 1, ratings=said)
    _assert_equal(catalogue, (Profile(), Need()), DEFAULT_WEIGHTS, NOW)
    known = Known.of(Profile(), Need(), NOW.date())
    situation = Situation.of(None, packaged_gpu_table(), NOW)
    asker = (Profile(), Need())
    question = Question.of(asker, known.facts, situation, catalogue.texts, None)
    truths = catalogue.truths(known)
    found = scan(catalogue, truths, known, question, frozenset(), DEFAULT_WEIGHTS)
    # The one that nobody rated lies between a good and a bad one.
    assert [catalogue.candidates[row].offer.slug for row in found.rows] == ["cc", "bb", "aa"]


LEARNT = Experience(
    tuple(
        PastNeed(
            Sketch(traits_of({"sectors": ["health"], "country": "FR"}, {}), frozenset({"gpu"})),
            frozenset({one.offer.id}),
        )
        for one in real_catalogue().candidates[:40]
    ),
    frozenset({"genci", "scaleway"}),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profiles, needs, weights)
def test_what_was_learnt_from_use_orders_the_same_by_columns_and_one_by_one(
    profile: dict, need: dict, changed: dict
) -> None:
    catalogue = replace(half_encoded(), experience=LEARNT)
    asked = (parse(Profile, profile), parse(Need, need))
    _assert_equal(catalogue, asked, DEFAULT_WEIGHTS | changed, NOW)


def test_a_provider_that_is_shown_too_much_yields_a_tie_and_changes_no_verdict() -> None:
    catalogue = build([grant("aa"), grant("bb", provider="inria")], 1)
    tired = replace(catalogue, experience=Experience((), frozenset({"genci"})))
    asked = Asked(Profile(), Need(), frozenset(), DEFAULT_WEIGHTS, 10)
    fresh = answer(asked, catalogue, GPUS, NOW)
    found = answer(asked, tired, GPUS, NOW)
    assert [match.scored.slug for match in fresh.matches] == ["aa", "bb"]
    assert [match.scored.slug for match in found.matches] == ["bb", "aa"]
    assert fresh.verdicts == found.verdicts
    assert (fresh.weights["exposure"], found.weights["exposure"]) == (0, 0.25)
    off = replace(asked, weights=DEFAULT_WEIGHTS | {"exposure": 0.0})
    assert [match.scored.slug for match in answer(off, tired, GPUS, NOW).matches] == ["aa", "bb"]


def test_no_offers_are_ordered_too() -> None:
    _assert_equal(build([], 1), (Profile(), Need()), DEFAULT_WEIGHTS, NOW)


def test_without_any_weight_the_slugs_decide() -> None:
    _assert_equal(half_encoded(), (Profile(), Need()), dict.fromkeys(DEFAULT_WEIGHTS, 0.0), NOW)


def test_the_best_way_into_a_machine_decides_about_it() -> None:
    modes = [
        mode("slow", "gpu_hour", maximum=10, delay={"maximum": 9, "unit": "calendar_days"}),
        mode("small", "gpu_hour", maximum=1),
        mode("fast", "gpu_hour", maximum=10, delay={"maximum": 2, "unit": "calendar_days"}),
    ]
    offers = [
        compute("machine", modes),
        compute("twin", modes, provider="other"),
        grant("prize"),
        offer("course", {"kind": "training"}, provider="school"),
    ]
    need = parse(Need, {"compute": {"gpu_hours": 5, "gpu_model": "H100-SXM"}})
    _assert_equal(build(offers, 1), (Profile(), need), DEFAULT_WEIGHTS, NOW)


def test_offers_of_one_provider_and_of_several_are_ordered_alike() -> None:
    offers = [grant(f"one-{n:02}") for n in range(12)]
    offers += [grant(f"two-{n:02}", provider="other") for n in range(5)]
    catalogue = build(offers, 1)
    _assert_equal(catalogue, (Profile(), Need()), DEFAULT_WEIGHTS, NOW)
