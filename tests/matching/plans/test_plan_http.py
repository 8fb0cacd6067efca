"""POST /v1/compute/plan: anybody asks, every way is shown, formulas can be worked out again."""

from math import prod

import pytest
from starlette.testclient import TestClient
from tests.matching.documents import STARTUP, compute, mode, published

from aiff_kit.testing import StatementCounter
from aiff_matching.main.matching import Matching
from aiff_matching.plans.entrypoints.http.examples import EXAMPLES

DELAY = {"maximum": 4, "unit": "working_days"}
LANE = mode(
    "lane", "gpu_hour", minimum=10, maximum=5000, delay=DELAY,
    intake={"shape": "permanent"}, pricing={"basis": "free"},
)  # fmt: skip
GPU = {"model": "H100-SXM", "vendor": "nvidia", "stack": "cuda", "memory_gb": 80, "per_node": 8}
CLOUD = {
    "nature": "cloud",
    "sector": "private",
    "status": "on_sale",
    "gpu": GPU,
    "sovereignty": {
        "data_locations": ["FR"],
        "certifications": [{"scheme": "HDS", "state": "held", "scope": "stockage"}],
    },
}
PRICE = {"basis": "priced", "rows": [{"amount": "3.00", "period": "gpu_hour"}]}
JOB = {"task": "full_finetune", "parameters_b": 7, "tokens_b": 10}


def ask(client: TestClient, body: dict) -> dict:
    response = client.post("/v1/compute/plan", json=body)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.fixture
def stocked(matching: Matching) -> Matching:
    cloud = compute("nuage", [mode("on-demand", "eur", unbounded=True)], details=CLOUD,
                    pricing=PRICE, provider="nuage")  # fmt: skip
    matching.offers.projection.handle(published(compute("voie", [LANE])))
    matching.offers.projection.handle(published(cloud))
    return matching


def test_an_anonymous_caller_sees_public_and_private_side_by_side(
    anonymous: TestClient, stocked: Matching
) -> None:
    plan = ask(anonymous, {"profile": STARTUP, "need": {"compute": JOB}})
    options = {option["key"]: option for option in plan["options"]}
    assert set(options) == {"voie/lane", "nuage/on-demand"}
    assert options["voie/lane"]["option"]["amount"]["unit"] == "gpu_hour"
    assert options["nuage/on-demand"]["option"]["amount"]["unit"] == "eur"
    assert options["nuage/on-demand"]["hardware"]["least_gpus"] == 2
    assert options["voie/lane"]["schedule"]["access"]["last"] == "2026-11-30"
    for option in options.values():
        assert option["standing"]["optimal"] in {"surely", "possibly"}
        assert option["standing"]["sentence"]["fr"]


def test_the_printed_formula_gives_the_printed_hours(
    anonymous: TestClient, stocked: Matching
) -> None:
    estimate = ask(anonymous, {"need": {"compute": JOB}})["estimate"]
    terms = estimate["formula"]["terms"]
    above = prod(term["value"]["low"] for term in terms if not term["divides"])
    below = prod(term["value"]["high"] for term in terms if term["divides"])
    assert above / below == pytest.approx(estimate["gpu_hours"]["low"], rel=1e-4)
    assert estimate["gpu_hours"]["low"] < estimate["gpu_hours"]["high"]


def test_what_is_not_published_is_null_and_never_zero(
    anonymous: TestClient, stocked: Matching
) -> None:
    plan = ask(anonymous, {"need": {"compute": JOB}})
    cloud = next(o for o in plan["options"] if o["key"] == "nuage/on-demand")
    assert {(cost["item"], cost["amount"]) for cost in cloud["side_costs"]} == {
        ("storage", None),
        ("egress", None),
    }
    assert cloud["schedule"]["access"]["last"] is None
    assert cloud["sovereignty"]["certificates"] == [
        {"scheme": "HDS", "scope": "stockage", "in_force": "unknown"}
    ]
    assert {fact["good"] for fact in cloud["support"]} == {"unknown"}


def test_a_preset_shows_which_facet_passes_and_which_is_unknown(
    anonymous: TestClient, stocked: Matching
) -> None:
    need = {"compute": JOB | {"sovereignty": "eu_controlled"}}
    plan = ask(anonymous, {"need": need})
    cloud = next(o for o in plan["options"] if o["key"] == "nuage/on-demand")
    controlled = cloud["sovereignty"]["presets"][1]
    assert controlled["met"] == cloud["sovereignty"]["met"] == "unknown"
    assert {facet["facet"]: facet["passes"] for facet in controlled["routes"][0]} == {
        "data_locations": "yes",
        "ultimate_owner": "unknown",
        "non_eu_law_exposure": "unknown",
    }
    assert cloud["option"]["verdict"] == "unknown"


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_of_the_documentation_is_answered(
    anonymous: TestClient, stocked: Matching, name: str
) -> None:
    assert ask(anonymous, EXAMPLES[name]["value"])["options"]


def test_unknown_fields_are_refused_with_their_place(anonymous: TestClient) -> None:
    body = {"need": {"compute": {"parameters": 7}}, "weights": {}}
    response = anonymous.post("/v1/compute/plan", json=body)
    assert response.status_code == 422
    pointers = {error["pointer"] for error in response.json()["errors"]}
    assert pointers == {"/need/compute/parameters", "/weights"}


def test_nothing_is_stored(anonymous: TestClient, stocked: Matching) -> None:
    with StatementCounter(stocked.engine) as counter:
        ask(anonymous, {"need": {"compute": JOB}})
    assert all(text.lstrip().startswith(("SELECT", "BEGIN")) for text in counter.statements)
