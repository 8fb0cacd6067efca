"""Compute plans: acceptance stories over the real catalogue, through the gateway."""

import pytest

STARTUP = {
    "country": "FR",
    "organisation_type": "startup",
    "has_legal_entity": True,
    "headcount": 25,
    "ai_company": True,
    "hpc_experience": True,
    "contract_covers_allocation": True,
}
POSSIBLE = {"eligible", "to_confirm", "unknown"}


@pytest.fixture
def plan(anonymous):
    def planned(compute, profile=STARTUP):
        body = {"profile": profile, "need": {"compute": compute}}
        answer = anonymous.post("/v1/compute/plan", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return planned


def by_key(answer):
    return {option["key"]: option for option in answer["options"]}


def failing(option):
    return {reason["code"]: reason for reason in option["option"]["reasons"]["failing"]}


def test_a_seven_billion_fine_tune_with_french_health_data(plan):
    answer = plan(
        {
            "task": "full_finetune",
            "parameters_b": 7,
            "tokens_b": 1,
            "data_class": "health",
            "data_locations": ["FR"],
            "sovereignty": "eu_controlled",
            "stack": "cuda",
            "support": {"languages": ["fr"]},
        }
    )
    # 6 N D / (989 TFLOPS x 3600) is 12 hours at the peak; fine-tuning reaches a tenth to a third.
    assert 30 < answer["estimate"]["gpu_hours"]["low"] < 40
    assert 90 < answer["estimate"]["gpu_hours"]["high"] < 120
    assert answer["estimate"]["rests_on"]["work"] == "full_finetune"
    assert answer["memory"]["total_gb"] == {"low": 112, "high": 126}
    found = by_key(answer)
    cloud = found["scaleway-h100-sxm-8/on-demand"]
    assert cloud["hardware"]["least_gpus"] == 2
    assert cloud["sovereignty"]["met"] == "yes"
    health = next(c for c in cloud["sovereignty"]["certificates"] if c["scheme"] == "HDS")
    assert health["in_force"] == "unknown"
    assert "HDS" in str(cloud["option"]["reasons"]["conditions"])
    assert found["nebius-h100/on-demand"]["option"]["verdict"] not in {"eligible", "to_confirm"}
    assert "data_locations" in failing(found["lumi-g/aif-playground"])


def test_pretraining_thirty_billion_on_public_machines(plan):
    answer = plan(
        {
            "task": "pretraining",
            "parameters_b": 30,
            "tokens_b": 2000,
            "gpus_min": 512,
            "purpose": "open_research",
        }
    )
    found = by_key(answer)
    large = found["eurohpc-aif-large-scale/aif-large-scale"]
    assert large["option"]["verdict"] in POSSIBLE
    assert large["option"]["next_cut_off"]["on"] == "2026-11-30"
    assert large["schedule"]["access"]["last"] == "2026-12-14"
    assert large["schedule"]["finish"]["last"] > "2026-12-14"
    assert "quota" in failing(found["eurohpc-aif-fast-lane/aif-fast-lane"])
    steps = [made for made in answer["combinations"] if made["kind"] == "steps"]
    assert steps[0]["parts"][0]["begins"] < steps[0]["parts"][1]["begins"]
    bridge = next(made for made in answer["combinations"] if made["kind"] == "bridge")
    assert {total["unit"] for total in bridge["totals"]} == {"eur", "gpu_hour"}
    assert sum(part["share"] for part in bridge["parts"]) == pytest.approx(1, abs=1e-3)


def test_inference_on_a_budget_counts_the_cache_and_what_is_too_dear(plan):
    answer = plan(
        {
            "task": "inference",
            "parameters_b": 70,
            "tokens_b": 500,
            "precision": "bf16",
            "context_tokens": 8192,
            "batch_size": 16,
            "budget_eur": 3000,
            "purpose": "production",
        }
    )
    assert answer["memory"]["total_gb"]["low"] > 140
    assert "T x B" in answer["memory"]["cache"]["expression"]
    for option in answer["options"]:
        low = option["option"]["cost"]["low"]
        dear = option["option"]["cost"]["currency"] == "EUR" and float(low or 0) > 3000
        assert ("budget" in failing(option)) == dear
    assert any("budget" in failing(option) for option in answer["options"])


def test_a_job_for_amd_finds_lumi_and_one_for_cuda_learns_of_the_port(plan):
    hours = {"gpu_hours": 20_000, "gpu_model": "MI250X"}
    ready = by_key(plan(hours | {"stack": "rocm"}))
    assert ready["lumi-g/aif-fast-lane"]["option"]["verdict"] in POSSIBLE
    assert "stack" in failing(ready["leonardo-booster/aif-fast-lane"])
    bound = by_key(plan(hours | {"stack": "cuda", "cpu_architecture": ["x86_64"]}))
    assert "HIP" in failing(bound["lumi-g/aif-fast-lane"])["stack"]["sentence"]["en"]
    arm = failing(bound["jupiter-booster/aif-fast-lane"])["cpu_architecture"]
    assert "rebuilt" in arm["sentence"]["en"]
    assert "reconstruire" in arm["sentence"]["fr"]


def test_defence_is_never_a_yes_where_nobody_says_that_it_is_admitted(plan):
    answer = plan({"gpu_hours": 1_000, "gpu_model": "H100", "permitted_use": "defence"})
    for option in answer["options"]:
        if option["option"]["verdict"] == "eligible":
            assert option["sovereignty"]["facts"]["permitted_use"] == "defence"
    shown = [str(option["option"]["reasons"]["conditions"]) for option in answer["options"]]
    assert any("Usage de défense admis" in text for text in shown)


def test_a_plan_from_nothing_says_what_is_missing(plan):
    answer = plan({}, profile={})
    assert answer["estimate"] is None
    assert {one["attribute"] for one in answer["missing"]} >= {"task", "parameters_b", "tokens_b"}
    assert len(answer["options"]) > 100
    # Only what is on sale to anyone is a yes to somebody who has said nothing.
    sure = [one["option"] for one in answer["options"] if one["option"]["verdict"] == "eligible"]
    assert not any(one["reasons"]["unknown"] for one in sure)
    assert len(sure) < len(answer["options"]) / 4
    assert all(one["question"]["fr"].endswith("?") for one in answer["missing"])


def test_measured_hours_are_held_against_each_quota_in_its_own_unit(plan):
    hours = {"gpu_hours": 10_000, "gpu_model": "H100", "purpose": "open_research"}
    found = by_key(plan(hours | {"gpus_min": 64}))
    dynamic = found["jean-zay-h100/genci-dynamic"]
    assert dynamic["option"]["amount"]["unit"] == "normalised_gpu_hour"
    assert dynamic["option"]["amount"]["low"] == dynamic["option"]["amount"]["high"] == 40_000
    assert dynamic["option"]["quota"]["maximum"] == 50_000
    assert dynamic["option"]["verdict"] in POSSIBLE
    assert dynamic["schedule"]["access"]["last"] is None
    lane = found["eurohpc-aif-fast-lane/aif-fast-lane"]
    assert (lane["option"]["amount"]["unit"], lane["option"]["amount"]["low"]) == (
        "gpu_hour",
        10_000,
    )
    amd = found["adastra-mi250x/genci-dynamic"]
    assert amd["option"]["amount"] is None


def test_a_federation_is_for_a_job_declared_to_be_spread(plan):
    hours = {"gpu_hours": 50_000, "gpu_model": "H100", "stack": "any"}
    alone = plan(hours)
    assert not any(option["members"] for option in alone["options"])
    assert next(one for one in alone["hidden"] if one["reason"] == "not_federated")["count"] == 2
    spread = by_key(plan(hours | {"can_be_federated": True}))
    national = spread["federation-jean-zay-adastra/offer"]
    members = {member["slug"]: member for member in national["members"]}
    assert members["adastra-mi250x"]["stack"] == "rocm"
    assert members["jean-zay-h100"]["stack"] == "cuda"
    assert {member["status"] for member in members.values()} == {"unknown"}
    assert national["option"]["verdict"] != "eligible"


def test_a_late_cut_off_is_shown_with_the_last_one_that_is_in_time(plan):
    hours = {"gpu_hours": 200_000, "gpu_model": "H100", "start": "2026-12-20"}
    schedule = by_key(plan(hours))["eurohpc-aif-large-scale/aif-large-scale"]["schedule"]
    assert schedule["apply_by"]["on"] == "2026-11-30"
    in_time = {one["cut_off"]["on"]: one["in_time"] for one in schedule["cut_offs"]}
    assert in_time.pop("2026-11-30") == "yes"
    assert in_time
    assert "yes" not in in_time.values()


def test_what_is_marked_best_is_never_surely_beaten(plan):
    answer = plan({"gpu_hours": 5_000, "gpu_model": "H100", "gpus_min": 8})
    found = by_key(answer)
    for option in answer["options"]:
        standing = option["standing"]
        if standing is None:
            assert option["option"]["verdict"] in {"closed", "not_eligible"}
            continue
        assert (standing["optimal"] == "no") == bool(standing["dominated_by"])
        assert set(standing["dominated_by"] + standing["outranked_by"]) <= found.keys()
        assert standing["sentence"]["fr"]
        assert standing["sentence"]["en"]
