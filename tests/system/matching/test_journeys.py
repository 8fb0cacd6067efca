"""Journeys: what an adviser would put before four founders, over the real catalogue."""

import pytest
from icalendar import Calendar

from aiff_matching.journeys.entrypoints.http.examples import EXAMPLES

TEAM = EXAMPLES["before_creation"]["value"]
STARTUP = EXAMPLES["hours_and_money"]["value"]
LAB = {
    "profile": {
        "country": "FR",
        "sites": ["COM-91477"],
        "organisation_type": "lab",
        "has_legal_entity": True,
        "hpc_experience": True,
        "contract_covers_allocation": True,
        "trl": 2,
    },
    "need": {
        "description": "modèle de fondation ouvert pour le climat",
        "compute": {"gpu_hours": 200000, "gpu_model": "A100", "purpose": "open_research"},
        "funding": {"amount_eur": 2000000, "non_dilutive_only": True},
    },
}
SCALE_UP = {
    "profile": {
        "country": "FR",
        "sites": ["COM-75056"],
        "organisation_type": "startup",
        "has_legal_entity": True,
        "created_on": "2019-05-01",
        "headcount": 120,
        "turnover_eur": 15000000,
        "balance_sheet_eur": 25000000,
        "stage": "growth",
        "trl": 8,
        "ai_company": True,
        "hpc_experience": True,
        "contract_covers_allocation": True,
        "own_equity_eur": 8000000,
        "prior_aid": ["cir", "i-nov-14"],
    },
    "need": {
        "description": "inférence souveraine en production et tour de croissance",
        "compute": {
            "task": "inference",
            "gpu_hours": 100000,
            "gpu_model": "H100",
            "purpose": "production",
            "sovereignty": "eu_controlled",
        },
        "funding": {"amount_eur": 10000000, "round_eur": 30000000},
    },
}


@pytest.fixture
def journey(anonymous):
    def planned(question, **headers):
        answer = anonymous.post("/v1/journeys", json=question, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer

    return planned


def by_job(answer):
    found = {}
    for step in answer["steps"]:
        found.setdefault(step["job"], []).append(step)
    return found


def stages(answer):
    return {report["stage"]: report for report in answer["stages"]}


def test_a_team_before_its_company_gets_a_guide_an_incubator_and_grants_it_can_have(journey):
    answer = journey(TEAM).json()
    jobs = by_job(answer)
    assert jobs["guide"][0]["id"] == "aif-ai2f"
    assert jobs["programme"][0]["if_open"] in {"eligible", "to_confirm"}
    assert "paris-innovation-amorcage" in {step["id"] for step in jobs["grant"]}
    # Only a company has a tax to lower: these steps wait for it.
    assert all(r["kind"] == "registration" for step in jobs["tax"] for r in step["requires"])
    assert answer["needs_registration"]
    assert "equity" not in jobs
    assert stages(answer)["build_and_test"]["status"] == "not_asked"
    closed = {one["offer"]["slug"]: one["why"] for one in answer["left_out"]}
    assert closed["i-lab-28"] == "closed"


def test_a_start_up_new_to_supercomputers_begins_small_and_bridges_with_a_cloud(journey):
    answer = journey(STARTUP).json()
    jobs = by_job(answer)
    trial, allocation, cloud = (jobs[name][0] for name in ("trial", "allocation", "cloud"))
    assert trial["way"]["id"] == "aif-playground"
    assert "5,000 GPU hours" in trial["cautions"][0]["en"]
    assert allocation["way"]["id"] == "aif-fast-lane"
    assert [one["step"] for one in allocation["requires"]] == [trial["id"]]
    assert trial["position"] < allocation["position"]
    assert allocation["timing"]["in_time"] == "unknown"
    assert cloud["way"]["amount"]["unit"] == "eur"
    assert allocation["way"]["amount"]["unit"] == "gpu_hour"
    providers = [step["offer"]["provider"] for step in jobs["grant"]]
    assert len(set(providers)) == len(providers) == 2
    # Somebody in Paris is not sent to a cluster of another region first.
    assert jobs["community"][0]["id"] != "iacluster-enact"


def test_a_laboratory_gets_the_national_machines_and_money_only_to_be_confirmed(journey):
    answer = journey(LAB).json()
    allocation = by_job(answer)["allocation"][0]
    assert allocation["way"]["amount"]["unit"] == "normalised_gpu_hour"
    assert "programme" not in by_job(answer)
    # That these aids are for companies only guides say: no reason to refuse, none to promise.
    money = [step for job in ("grant", "loan") for step in by_job(answer).get(job, ())]
    assert money
    assert {step["verdict"] for step in money} <= {"to_confirm", "unknown"}


def test_a_scale_up_gets_growth_capital_and_a_sovereign_cloud(journey):
    answer = journey(SCALE_UP).json()
    jobs = by_job(answer)
    assert stages(answer)["scale"]["status"] == "covered"
    assert jobs["capital"][0]["components"][0]["instrument"] == "equity"
    assert jobs["cloud"][0]["offer"]["provider"] == "Scaleway"
    early = {"bourse-french-tech", "pret-amorcage", "paris-innovation-amorcage"}
    assert early.isdisjoint({step["id"] for step in answer["steps"]})


def test_the_same_journey_is_a_calendar(journey):
    calendar = Calendar.from_ical(journey(LAB, Accept="text/calendar").content)
    steps = journey(LAB).json()["steps"]
    named = {str(part["uid"]).split(".")[0] for part in [*calendar.events, *calendar.todos]}
    assert named == {step["offer"]["id"] for step in steps}


def test_a_format_that_nobody_makes_is_refused_with_the_list(anonymous):
    refused = anonymous.post("/v1/journeys", json=TEAM, headers={"Accept": "application/pdf"})
    assert refused.status_code == 406
    assert "text/calendar" in refused.json()["detail"]
