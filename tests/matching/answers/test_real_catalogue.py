"""Acceptance on the catalogue's own files."""

import pytest
from tests.matching.documents import NOW, STARTUP
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.codec import parse
from aiff_matching.answers.domain.matching import Answer, Asked, answer
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.domain.sovereignty import meets
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import Truth, judged

GPUS = packaged_gpu_table()
DEEPTECH = STARTUP | {"created_on": "2026-02-24", "trl": 3, "deeptech": True, "prior_aid": []}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return real_catalogue()


def ask(catalogue: Catalogue, profile: dict, need: dict) -> Answer:
    asked = Asked(parse(Profile, profile), parse(Need, need), frozenset(), DEFAULT_WEIGHTS, 300)
    return answer(asked, catalogue, GPUS, NOW)


def verdicts(found: Answer) -> dict[str, str]:
    return {m.scored.slug: m.scored.assessment.decision.verdict for m in found.matches}


def test_thirty_thousand_h100_hours(catalogue: Catalogue) -> None:
    need = {"compute": {"gpu_hours": 30_000, "gpu_model": "H100", "purpose": "open_research"}}
    answered = {"ai_company": True, "hpc_experience": True, "contract_covers_allocation": True}
    found = ask(catalogue, {**STARTUP, **answered}, need)
    results = verdicts(found)
    assert results["eurohpc-aif-playground"] == "not_eligible"
    assert results["eurohpc-aif-fast-lane"] == "eligible"
    assert results["genci-ad"] == "not_eligible"
    assert results["genci-ar"] == "to_confirm"
    dynamic = next(m for m in found.matches if m.scored.slug == "genci-ad")
    assert [reason.sentence.en for reason in dynamic.reasons.failing] == [
        "120,000 normalised GPU hours asked for > ceiling of 50,000"
    ]


@pytest.mark.parametrize("name", ["NVIDIA H100 80GB HBM3", "H100 80 Go", "8x H100 SXM5"])
def test_a_gpu_as_the_machine_names_it_gets_the_same_answers(
    catalogue: Catalogue, name: str
) -> None:
    known = {"compute": {"gpu_hours": 30_000, "gpu_model": "H100-SXM", "purpose": "open_research"}}
    asked = {"compute": known["compute"] | {"gpu_model": name}}
    assert verdicts(ask(catalogue, STARTUP, asked)) == verdicts(ask(catalogue, STARTUP, known))


def test_a_quota_that_waits_for_a_gpu_name_says_the_nearest(catalogue: Catalogue) -> None:
    need = {"compute": {"gpu_hours": 30_000, "gpu_model": "H10", "purpose": "open_research"}}
    found = ask(catalogue, STARTUP, need)
    route = next(m for m in found.matches if m.scored.slug == "jean-zay-h100")
    said = [condition.en for condition in route.reasons.conditions]
    assert any("“H10” is not known" in one and "H100-SXM" in one for one in said)


def test_genci_is_for_open_research_only(catalogue: Catalogue) -> None:
    need = {"compute": {"gpu_hours": 30_000, "gpu_model": "H100", "purpose": "production"}}
    assert verdicts(ask(catalogue, STARTUP, need))["genci-ar"] == "not_eligible"


def test_a_strict_preset_shows_no_option_whose_sovereignty_is_unknown(
    catalogue: Catalogue,
) -> None:
    need = {
        "compute": {
            "task": "full_finetune",
            "parameters_b": 7,
            "data_class": "health",
            "sovereignty": "sovereign_strict",
        }
    }
    found = ask(catalogue, STARTUP, need)
    assert found.matches
    assert found.hidden["sovereignty_unknown"] > 0
    for match in found.matches:
        facets = match.scored.assessment.candidate.offer.details.sovereignty
        assert meets("sovereign_strict", facets, NOW.date()) is Truth.TRUE


def test_alice_recoque_is_never_eligible_now(catalogue: Catalogue) -> None:
    assert verdicts(ask(catalogue, STARTUP, {"compute": {}}))["alice-recoque"] == "closed"


def test_a_nine_month_old_deep_tech_company_in_paris(catalogue: Catalogue) -> None:
    results = verdicts(ask(catalogue, DEEPTECH, {"funding": {}}))
    assert results["bft-emergence"] in {"eligible", "to_confirm"}
    assert results["french-tech-seed"] == "unknown"
    assert results["i-lab-28"] == "closed"
    assert results["eic-accelerator-grant-2026"] == "not_eligible"
    assert results["pret-innovation-rd"] != "eligible"


def test_non_dilutive_only_drops_equity_and_convertible_bonds(catalogue: Catalogue) -> None:
    results = verdicts(ask(catalogue, DEEPTECH, {"funding": {"non_dilutive_only": True}}))
    assert "french-tech-seed" not in results
    assert "eic-accelerator-equity" not in results
    assert "pret-amorcage" in results
    assert "eic-accelerator-grant-2026" in results


def test_a_regional_offer_needs_a_site_in_the_region(catalogue: Catalogue) -> None:
    elsewhere = DEEPTECH | {"sites": ["DEP-69"]}
    results = verdicts(ask(catalogue, elsewhere, {"funding": {}}))
    assert results["innovup"] == "not_eligible"
    assert results["paris-innovation-amorcage"] == "to_confirm"


def test_nothing_reached_by_recommendation_is_called_eligible(catalogue: Catalogue) -> None:
    for match in ask(catalogue, STARTUP, {"kinds": ["incubation"]}).matches:
        if match.scored.assessment.status == "by_recommendation":
            assert match.scored.assessment.decision.verdict != "eligible"


def test_the_rulebook_agrees_with_the_evaluator_on_the_whole_catalogue(
    catalogue: Catalogue,
) -> None:
    known = Known.of(parse(Profile, DEEPTECH), Need(), NOW.date(), catalogue.aid)
    truths = catalogue.truths(known)
    for candidate in catalogue.candidates:
        rules = [candidate.gate.rule, *(gate.rule for _, gate in candidate.modes)]
        expected = [2 if rule is None else judged(rule, known.facts, known.today) for rule in rules]
        assert truths[candidate.place : candidate.place + len(rules)].tolist() == expected
