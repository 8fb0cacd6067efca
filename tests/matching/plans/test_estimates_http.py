"""Estimates as a founder reads them: mixtures of experts, serving, and what a range rests on."""

import pytest
from starlette.testclient import TestClient
from tests.matching.documents import compute, mode, published

from aiff_matching.main.matching import Matching

DEEPSEEK = {
    "task": "pretraining",
    "parameters_b": 671,
    "active_parameters_b": 37,
    "tokens_b": 14_800,
    "gpu_model": "H800",
}


def plan(client: TestClient, **need: object) -> dict:
    answer = client.post("/v1/compute/plan", json={"need": {"compute": need}})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_mixture_has_hours_of_its_active_and_memory_of_all_parameters(
    anonymous: TestClient,
) -> None:
    answer = plan(anonymous, **DEEPSEEK)
    hours = answer["estimate"]["gpu_hours"]
    # Published: 2.664 million H800 hours of pretraining (arXiv:2412.19437, table 1).
    assert hours["low"] < 2_664_000 < hours["high"]
    assert hours["high"] / hours["low"] <= 3
    assert answer["memory"]["total_gb"] == {"low": 671 * 16, "high": 671 * 18}
    dense = plan(anonymous, **DEEPSEEK | {"active_parameters_b": None})
    assert dense["estimate"]["gpu_hours"]["low"] > hours["high"]
    assert "active_parameters_b" in str(dense["estimate"]["formula"]["notes"])


def test_an_estimate_says_on_which_runs_it_rests(anonymous: TestClient) -> None:
    estimate = plan(anonymous, task="pretraining", parameters_b=7, tokens_b=1_000)["estimate"]
    said = estimate["rests_on"]
    assert (said["work"], said["mixture"], said["gpu_family"]) == ("pretraining", False, "hopper")
    assert said["runs"] >= said["models"] > 0
    assert str(said["runs"]) in said["sentence"]["fr"]
    low, high = estimate["gpu_hours"]["low"], estimate["gpu_hours"]["high"]
    assert estimate["gpu_hours_middle"] == pytest.approx((low * high) ** 0.5, rel=1e-3)
    measured = plan(anonymous, gpu_hours=10)["estimate"]
    assert (measured["rests_on"], measured["gpu_hours_middle"]) == (None, None)


def test_more_active_parameters_than_there_are_are_refused(anonymous: TestClient) -> None:
    need = {"compute": {"parameters_b": 7, "active_parameters_b": 8}}
    answer = anonymous.post("/v1/compute/plan", json={"need": need})
    assert answer.status_code == 422
    fault = answer.json()["errors"][0]
    assert fault["pointer"] == "/need/compute"
    assert "active_parameters_b" in fault["detail"]


def cloud(slug: str, model: str, price: str) -> object:
    gpu = {"model": model, "vendor": "nvidia", "memory_gb": 80, "per_node": 8}
    details = {"nature": "cloud", "sector": "private", "status": "on_sale", "gpu": gpu}
    rows = [{"amount": price, "period": "gpu_hour"}] if price else []
    pricing = {"basis": "priced" if price else "unknown", "rows": rows}
    ways = [mode("on-demand", "eur", unbounded=True)]
    return published(compute(slug, ways, details=details, pricing=pricing, provider=slug))


def test_serving_says_gpus_for_a_load_and_a_cost_only_where_a_price_is_known(
    anonymous: TestClient, matching: Matching
) -> None:
    for slug, price in (("cloud-priced", "2.50"), ("cloud-unpriced", "")):
        matching.offers.projection.handle(cloud(slug, "H100-SXM", price))
    answer = plan(
        anonymous,
        task="inference",
        parameters_b=70,
        precision="fp8",
        requests_per_second=20,
        tokens_per_request=1_300,
        gpu_model="H100 80 Go",
    )
    serving = answer["serving"]
    assert serving["load_tokens_per_second"] == 26_000
    assert serving["replica_gpus"] == 1
    assert 1 <= serving["gpus_for_load"]["low"] <= serving["gpus_for_load"]["high"] < 40
    options = {option["key"]: option for option in answer["options"]}
    cost = options["cloud-priced/on-demand"]["cost_per_million_tokens_eur"]
    assert 0 < cost["low"] < cost["high"] < 1
    unpriced = options["cloud-unpriced/on-demand"]
    assert unpriced["cost_per_million_tokens_eur"] is None
    assert unpriced["serving"]["tokens_per_second_per_gpu"] == serving["tokens_per_second_per_gpu"]


def test_nothing_is_served_where_nothing_is_to_be_served(anonymous: TestClient) -> None:
    assert plan(anonymous, task="lora", parameters_b=7, tokens_b=1)["serving"] is None


def test_every_estimated_amount_says_on_what_it_rests(
    anonymous: TestClient, matching: Matching
) -> None:
    for model in ("H100-SXM", "A100-80", "MI300X"):
        slug = f"cloud-{model.lower()}"
        matching.offers.projection.handle(cloud(slug, model, "2.50"))
    need = {"task": "pretraining", "parameters_b": 7, "tokens_b": 100}
    said = {
        option["key"]: option["option"]["amount"]["rests_on"]["en"]
        for option in plan(anonymous, **need)["options"]
    }
    assert len(set(said.values())) == 3
    assert "no published fact on this GPU" in said["cloud-mi300x/on-demand"]
    measured = plan(anonymous, gpu_hours=10, gpu_model="H100")["options"]
    assert {option["option"]["amount"]["rests_on"] for option in measured} == {None}
