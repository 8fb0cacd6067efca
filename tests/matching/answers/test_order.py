"""The one order of an answer: what people try against it, founders, partners and curators."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.matching.answers.test_scan import needs, profiles, weights
from tests.matching.documents import NOW, STARTUP, cmp, grant, offer
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.codec import parse
from aiff_contracts.offer import OfferDocument
from aiff_matching.answers.domain.matching import Answer, Asked, Match, answer
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS, reach
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.experience.domain import Experience
from aiff_matching.offers.domain.building import build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile

GPUS = packaged_gpu_table()
MET, OPEN = cmp("headcount", "<", 50), cmp("trl", ">=", 4)
FAILS = cmp("headcount", ">", 50)
CLOSED = {"intake": {"shape": "closed"}}
ALL = 10_000
slow = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def asked(need: dict | None = None, profile: dict | None = None, **weights: float) -> Asked:
    told = parse(Need, need or {})
    who = parse(Profile, STARTUP if profile is None else profile)
    return Asked(who, told, frozenset(), DEFAULT_WEIGHTS | weights, ALL)


def ask(offers: list[OfferDocument] | Catalogue, question: Asked) -> Answer:
    catalogue = offers if isinstance(offers, Catalogue) else build(offers, 1)
    return answer(question, catalogue, GPUS, NOW)


def slugs(found: Answer) -> list[str]:
    return [match.scored.slug for match in found.matches]


def refused(match: Match) -> bool:
    return match.scored.assessment.decision.if_open == "not_eligible"


def test_what_the_need_is_about_comes_before_a_surer_offer_about_something_else() -> None:
    loan = grant("pret", MET, title="prêt pour élevages laitiers")
    course = offer("cours", {"kind": "training"}, title="apprendre l'apprentissage profond")
    found = ask([loan, course], asked({"description": "apprentissage profond pour débutants"}))
    assert slugs(found) == ["cours", "pret"]


def test_between_equals_the_surer_verdict_comes_first() -> None:
    offers = [
        grant("a-ferme", MET, **CLOSED),
        grant("b-attend", OPEN),
        grant("c-a-confirmer", MET, conditions=[{"fr": "projet sérieux", "en": "serious"}]),
        grant("d-sur", MET),
    ]
    expected = ["d-sur", "c-a-confirmer", "b-attend", "a-ferme"]
    assert slugs(ask(offers, asked())) == expected
    # Where neither it nor the opening weighs anything, the slugs alone decide.
    assert slugs(ask(offers, asked(verdict=0.0, delay=0.0))) == sorted(expected)


def test_a_refusal_comes_last_even_where_it_is_what_the_need_is_about() -> None:
    offers = [
        grant("a-refuse", FAILS, title="santé numérique"),
        grant("b-refuse-et-ferme", FAILS, title="santé numérique", **CLOSED),
        grant("c-loin", OPEN, title="agriculture"),
        grant("d-ferme", MET, title="agriculture", **CLOSED),
    ]
    for weight in (0.0, DEFAULT_WEIGHTS["verdict"], 100.0):
        found = ask(offers, asked({"description": "santé numérique"}, verdict=weight))
        assert set(slugs(found)[:2]) == {"c-loin", "d-ferme"}
        assert [refused(match) for match in found.matches] == [False, False, True, True]


def test_a_closed_offer_that_suits_best_follows_an_open_one_and_precedes_the_others() -> None:
    offers = [
        grant("a-ferme", MET, title="santé numérique", **CLOSED),
        grant("b-ouvert", MET, title="santé numérique"),
        grant("c-loin", MET, title="agriculture"),
    ]
    found = ask(offers, asked({"description": "santé numérique"}))
    assert slugs(found) == ["b-ouvert", "a-ferme", "c-loin"]


@slow
@given(profiles, needs, weights)
def test_the_shown_parts_add_up_and_the_shown_scores_descend(
    profile: dict, need: dict, chosen: dict
) -> None:
    found = ask(real_catalogue(), asked(need, profile, **chosen))
    for match in found.matches:
        parts = match.scored.contributions
        named = {part.criterion for part in parts}
        assert {"text", "verdict", "history", "exposure"} <= named <= set(DEFAULT_WEIGHTS)
        assert sum(part.contribution for part in parts) == pytest.approx(match.scored.score)
        assert 0 <= match.scored.score <= 1 + 1e-9
    for first, second in pairwise(found.matches):
        assert refused(first) <= refused(second)
        if refused(first) == refused(second):
            assert first.scored.score >= second.scored.score


@slow
@given(profiles, needs)
def test_groups_arrange_the_same_matches_and_keep_their_order(profile: dict, need: dict) -> None:
    question = replace(asked(need, profile), limit=30)
    plain, grouped = (
        ask(real_catalogue(), replace(question, by_verdict=one)).matches for one in (False, True)
    )
    assert {m.scored.slug for m in grouped} == {m.scored.slug for m in plain}
    verdicts = [m.scored.assessment.decision.verdict for m in grouped]
    assert [first for first, second in pairwise(verdicts) if first != second] == list(
        dict.fromkeys(verdicts)
    )[:-1]
    for verdict in set(verdicts):
        ours, theirs = (
            [m.scored.slug for m in some if m.scored.assessment.decision.verdict == verdict]
            for some in (grouped, plain)
        )
        kept = [m for m in plain if m.scored.assessment.decision.verdict == verdict]
        if len({refused(m) for m in kept}) == 1:
            assert ours == theirs


def test_without_words_relevance_takes_no_part() -> None:
    found = ask([grant("aide", MET)], asked({"kinds": ["funding"]}))
    part = next(p for p in found.matches[0].scored.contributions if p.criterion == "text")
    assert (part.weight, part.contribution, part.known) == (0, 0, False)
    assert found.weights["text"] == 0


def test_the_gpu_on_which_hours_were_measured_is_no_wish() -> None:
    hours = asked({"compute": {"gpu_hours": 10, "gpu_model": "H100-SXM"}})
    wish = asked({"compute": {"gpu_model": "H100-SXM"}})
    documents = [grant("aide", MET, title="h100")]
    assert ask(documents, replace(hours, kinds=frozenset({"funding"}))).weights["text"] == 0
    assert ask(documents, replace(wish, kinds=frozenset({"funding"}))).weights["text"] > 0


def test_what_is_not_known_lies_between_the_worst_and_the_best() -> None:
    offers = [
        grant("a-autre-stade", MET, stages=["scale_up"]),
        grant("b-muet", MET),
        grant("c-notre-stade", MET, stages=["seed"]),
    ]
    found = ask(offers, asked(profile=STARTUP | {"stage": "seed"}))
    assert slugs(found) == ["c-notre-stade", "b-muet", "a-autre-stade"]


def test_publishing_a_rule_is_not_punished() -> None:
    neighbour = grant("b-voisin", None, title="santé")
    question = asked({"description": "santé"})
    before = slugs(ask([grant("a-offre", None, title="santé"), neighbour], question))
    after = slugs(ask([grant("a-offre", MET, title="santé"), neighbour], question))
    assert before[0] == after[0] == "a-offre"
    # A rule that waits for one answer costs less than a difference in what it is about.
    waiting = grant("a-offre", OPEN, title="santé numérique")
    far = grant("b-voisin", None, title="agriculture")
    assert slugs(ask([waiting, far], asked({"description": "santé numérique"})))[0] == "a-offre"


@slow
@given(profiles, needs, st.integers(1, 9), st.booleans())
def test_one_more_answer_never_lowers_an_offer_whose_verdict_it_betters(
    profile: dict, need: dict, trl: int, deeptech: bool
) -> None:
    less = {k: v for k, v in profile.items() if k not in {"trl", "deeptech"}}
    more = less | {"trl": trl, "deeptech": deeptech}
    # What sectors and topics say is set aside: the answer itself changes them, not the verdict.
    quiet = {"sector": 0.0, "fit": 0.0}
    before = {m.scored.slug: m for m in ask(real_catalogue(), asked(need, less, **quiet)).matches}
    for match in ask(real_catalogue(), asked(need, more, **quiet)).matches:
        earlier = before[match.scored.slug].scored
        if earlier.assessment.decision.verdict == "unknown" and not refused(match):
            assert match.scored.score >= earlier.score - 1e-9


@slow
@given(profiles, needs, st.sets(st.sampled_from(["genci", "scaleway", "bpifrance"]), min_size=1))
def test_a_provider_that_yields_loses_at_most_the_reach_of_exposure(
    profile: dict, need: dict, tired: set[str]
) -> None:
    question = asked(need, profile)
    plain = {m.scored.slug: m.scored.score for m in ask(real_catalogue(), question).matches}
    catalogue = replace(real_catalogue(), experience=Experience((), frozenset(tired)))
    bound = reach("exposure", DEFAULT_WEIGHTS)
    assert bound < 0.02
    found = [match for match in ask(catalogue, question).matches if not refused(match)]
    for first, second in pairwise(found):
        # Nothing passes what was better by more than the bound.
        assert plain[first.scored.slug] >= plain[second.scored.slug] - bound - 1e-9


def test_the_next_question_is_about_what_an_answer_could_bring_to_the_page() -> None:
    near = grant("z-proche", OPEN, title="santé numérique")
    far = grant("a-loin", cmp("deeptech", "==", True), title="agriculture")
    sure = [grant(f"b-{n}", MET, title="santé numérique") for n in range(3)]
    question = replace(asked({"description": "santé numérique"}, freshness=0.0), limit=3)
    found = ask([near, far, *sure], question)
    assert found.question is None
    found = ask([near, far, *sure[:2]], question)
    assert found.question is not None
    assert (found.question.attribute, found.question.concerns) == ("trl", 1)
