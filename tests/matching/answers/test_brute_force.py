"""The product agrees with an evaluator that was written apart and tries every value."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.matching.answers import brute_force
from tests.matching.answers.brute_force import Json, Person
from tests.matching.answers.weighing import ground
from tests.matching.documents import NOW

from aiff_contracts.codec import dump, parse
from aiff_contracts.offer.intake import status_in, timeline
from aiff_contracts.rules import Cmp, leaves
from aiff_matching.answers.domain.assessment import assess
from aiff_matching.answers.domain.matching import own_truths
from aiff_matching.authoring.adapters import SourceOffer, read_sources
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.domain.options import Situation
from aiff_matching.offers.domain.building import build
from aiff_matching.offers.domain.catalogue import Catalogue, gates
from aiff_matching.profiles.domain.facts import Known, derive
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import evaluate

FOLDER = Path(__file__).parents[3] / "data" / "catalogue"
TODAY = NOW.date()
PROFILES = 500
PLACES = ("COM-75056", "DEP-75", "DEP-91", "REG-11", "REG-84", "REG-76", "REG-53", "FR")
AIDS = ("pionniers-ia-p1", "bft-emergence", "eic-accelerator-grant-2026", "autre",
        "ffplus-business-experiments-1")  # fmt: skip
NAMES = (
    "deeptech", "research_link", "private_coinvestor", "prescriber", "under_represented_founder",
    "full_time_founder", "founder_is_doctoral", "ai_company", "hpc_experience",
    "contract_covers_allocation", "has_legal_entity",
)  # fmt: skip
TYPES = ("startup", "startup", "startup", "sme", "midcap", "large", "lab", "university",
         "individual", "investor", "association", "public_body")  # fmt: skip
SCALES = {
    "headcount": (4, 10, 49, 50, 249, 250, 2500), "turnover_eur": (0, 1e6, 9e6, 60e6, 2e9),
    "balance_sheet_eur": (1e5, 2e6, 44e6), "own_equity_eur": (0, 2e4, 5e4, 1e6),
    "funds_raised_eur": (0, 1e6, 8e6), "de_minimis_received_eur": (0, 2e5, 3e5),
    "eic_failures": (0, 1, 2, 3),
}  # fmt: skip


def a_number(source: random.Random, scale: tuple[float, ...]) -> Any:
    value = source.choice(scale)
    match source.randrange(4):
        case 0:
            return {"min": value, "max": max(value, source.choice(scale))}
        case 1:
            return {"min": value} if source.random() < 0.5 else {"max": value}
    return value


def a_profile(source: random.Random) -> Json:
    """Answers at random, each of them left out now and then."""
    answers: Json = {name: a_number(source, scale) for name, scale in SCALES.items()}
    answers |= {name: source.random() < 0.6 for name in NAMES}
    answers["organisation_type"] = source.choice(TYPES)
    answers["trl"] = source.choice((1, 3, 4, 6, 8, 9, {"min": 3, "max": 6}))
    answers["rd_expense_ratio"] = source.choice((0, 0.1, 0.2, 0.35, {"min": 0.1, "max": 0.4}))
    answers["stage"] = source.choice(("seed", "growth", "ideation", "series_a"))
    answers["naf"] = source.choice(("62.01Z", "62", "J", "C", "86.10Z"))
    answers["sectors"] = source.sample(("ai", "health", "energy", "deeptech"), 2)
    answers["created_on"] = str(TODAY - timedelta(days=source.choice((60, 300, 700, 1800, 4000))))
    answers["country"] = source.choice(("FR", "FR", "FR", "DE", "CH", "GB", "US"))
    home = PLACES if answers["country"] == "FR" else (answers["country"],)
    answers["sites"] = [source.choice((*home, "DE")), source.choice(home)]
    answers["prior_aid"] = [an_aid(source) for _ in range(source.randrange(3))]
    answers["enterprises"] = [a_parent(source) for _ in range(source.randrange(3))]
    kept = {name: value for name, value in answers.items() if source.random() < 0.75}
    if kept.get("has_legal_entity") is False:
        kept.pop("created_on", None)
    return kept


def a_parent(source: random.Random) -> Json:
    """An enterprise that is linked, or an investor whose aid and figures do not count."""
    names = ("headcount", "turnover_eur", "balance_sheet_eur", "de_minimis_received_eur")
    answers: Json = {name: a_number(source, SCALES[name]) for name in names}
    answers["prior_aid"] = [an_aid(source) for _ in range(source.randrange(3))]
    kept = {name: value for name, value in answers.items() if source.random() < 0.6}
    return {"relation": source.choice(("linked", "linked", "investor")), **kept}


def an_aid(source: random.Random) -> Any:
    slug = source.choice(AIDS)
    if source.random() < 0.4:
        return slug
    entry = {
        "offer": slug,
        "families": source.choice(([], ["i-lab"], ["i-lab", "bpifrance"])),
        "level": source.choice(("region", "state", "eu")),
        "amount_eur": source.choice((5e4, 2e5, 3e5)),
        "granted_on": str(
            TODAY - timedelta(days=source.choice((100, 1000, 1095, 1096, 1097, 1200)))
        ),
        "de_minimis": source.random() < 0.7,
    }
    return {k: v for k, v in entry.items() if k == "offer" or source.random() < 0.8}


def beside(attribute: str, op: str, value: Any, **more: Any) -> Cmp:
    words = {"label_fr": "critère", "label_en": "criterion"}
    return Cmp(attribute=attribute, op=op, value=value, **words, **more)


# What no listing asks for yet, or only some day.
BESIDE = (
    beside("prior_aid", "overlaps", ("family:i-lab",)),
    beside("prior_aid", "overlaps", ("family:bpifrance", "level:region")),
    beside("prior_aid", "not_in", ("level:eu", "autre")),
    beside("prior_aid", "overlaps", ("family:i-lab",), granted_within_months=24),
    beside("prior_aid", "not_in", ("level:state", "bft-emergence"), granted_within_months=36),
    beside("sites", "within", ("FR",), outside=("REG-11",)),
    beside("sites", "within", ("REG-84", "REG-76", "DEP-91"), outside=("DEP-75", "DE")),
    *(beside("created_on", "within_months", months) for months in (12, 36, 60)),
)


@pytest.fixture(scope="module")
def sources() -> list[SourceOffer]:
    return read_sources(FOLDER)


def with_exclusions(sources: list[SourceOffer]) -> dict[str, Json]:
    offers = {source.document.slug: dump(source.document) for source in sources}
    for slug, offer in offers.items():
        for other in (offer["details"].get("stacking") or {}).get("excludes", ()):
            why = ground(offer, "/details/stacking/excludes")
            offers[other].setdefault("excluded_by", []).append((slug, why))
    return offers


def kinds_of(offers: dict[str, Json]) -> Json:
    """What the listings say about the kinds of their aid, by slug."""
    return {
        slug: {"families": offer["details"].get("aid_families"),
               "level": offer["details"].get("aid_level")}
        for slug, offer in offers.items()
    }  # fmt: skip


def statuses(source: SourceOffer) -> dict[str | None, str]:
    document = source.document
    found: dict[str | None, str] = {None: status_in(timeline(document.intake), NOW)}
    for mode in getattr(document.details, "access_modes", ()):
        unstated = mode.intake.shape == "unknown"
        intake = document.intake if unstated else mode.intake
        found[mode.id] = status_in(timeline(intake), NOW)
    return found


def found_by_the_product(catalogue: Catalogue, profile: Json) -> dict[str, str]:
    situation = Situation.of(None, packaged_gpu_table(), NOW)
    known = Known.of(parse(Profile, profile), Need(), situation.today, catalogue.aid)
    truths = catalogue.truths(known)
    return {
        one.offer.slug: assess(one, own_truths(one, truths), known, situation).decision.verdict
        for one in catalogue.candidates
    }


@pytest.mark.no_cover
def test_every_real_offer_gets_the_same_verdict_for_random_profiles(
    sources: list[SourceOffer],
) -> None:
    catalogue = build([source.document for source in sources], 1)
    offers = with_exclusions(sources)
    status = {source.document.slug: statuses(source) for source in sources}
    chance, seen = random.Random(20261124), set()
    kinds = kinds_of(offers)
    for _ in range(PROFILES):
        profile = a_profile(chance)
        person = Person(profile, TODAY, kinds)
        expected = {
            slug: brute_force.verdict(offer, person, status[slug]) for slug, offer in offers.items()
        }
        assert found_by_the_product(catalogue, profile) == expected, profile
        seen |= set(expected.values())
    assert seen == set(brute_force.BEST_FIRST)


@pytest.mark.no_cover
def test_every_comparison_of_the_real_rules_gets_the_same_result_for_random_profiles(
    sources: list[SourceOffer],
) -> None:
    catalogue = build([source.document for source in sources], 1)
    rules = [gate.rule for one in catalogue.candidates for gate in gates(one) if gate.rule]
    every = [*(leaf for rule in rules for leaf in leaves(rule)), *BESIDE]
    compared = {
        (leaf.attribute, leaf.op, leaf.value, leaf.granted_within_months, leaf.outside): leaf
        for leaf in every
    }
    chance = random.Random(20261125)
    for _ in range(PROFILES):
        profile = a_profile(chance)
        person = Person(profile, TODAY, kinds_of(with_exclusions(sources)))
        facts = derive(parse(Profile, profile), Need(), TODAY, catalogue.aid)
        for leaf in compared.values():
            found = (brute_force.NO, brute_force.OPEN, brute_force.YES)[evaluate(leaf, facts)]
            assert found == person.holds(dump(leaf)), (leaf, profile)


def test_the_brute_force_evaluator_knows_the_law_by_itself() -> None:
    band = Person({"headcount": {"min": 20, "max": 49}}, date(2026, 11, 24))
    leaf = {"type": "cmp", "attribute": "headcount", "op": "<", "value": 30}
    assert band.holds(leaf) == brute_force.OPEN
    assert band.holds({**leaf, "value": 50}) == brute_force.YES
