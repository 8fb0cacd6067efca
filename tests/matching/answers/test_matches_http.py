"""POST /v1/matches: anybody asks, nothing is stored, every answer is explained."""

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient
from tests.matching.documents import (
    STARTUP,
    both,
    cmp,
    compute,
    grant,
    mode,
    offer,
    published,
    withdrawn,
)

from aiff_kit.testing import StatementCounter
from aiff_matching.main.matching import Matching
from aiff_matching.shared.tables import decision

YOUNG = cmp("age_months", "<", 12, "Entreprise de moins de 12 mois")


def ask(client: TestClient, **body: object) -> dict:
    response = client.post("/v1/matches", json=body)
    assert response.status_code == 200, response.text
    return response.json()


def test_an_anonymous_caller_gets_an_explained_answer(
    anonymous: TestClient, matching: Matching
) -> None:
    matching.offers.projection.handle(published(grant("bourse", YOUNG)))
    answer = ask(anonymous, profile=STARTUP | {"created_on": "2026-06-01"})
    item = answer["items"][0]
    assert (item["offer"]["slug"], item["verdict"], item["action"]) == (
        "bourse",
        "eligible",
        "apply",
    )
    assert item["reasons"]["passing"][0]["sentence"]["fr"] == "Entreprise de moins de 12 mois"
    parts = [part["contribution"] for part in item["contributions"]]
    assert sum(parts) == pytest.approx(item["score"], abs=1e-5)
    assert answer["counts"]["eligible"] == 1


def test_a_call_that_did_not_come_through_the_gateway_is_refused(
    anonymous: TestClient,
) -> None:
    response = anonymous.post("/v1/matches", json={}, headers={"x-aiff-identity": "forged"})
    assert response.status_code == 401


def test_nothing_is_stored(anonymous: TestClient, matching: Matching) -> None:
    with StatementCounter(matching.engine) as counter:
        ask(anonymous, profile=STARTUP)
    assert all(text.lstrip().startswith(("SELECT", "BEGIN")) for text in counter.statements)


def test_a_question_takes_one_statement_when_the_catalogue_has_not_changed(
    anonymous: TestClient, matching: Matching
) -> None:
    matching.offers.projection.handle(published(grant("bourse")))
    ask(anonymous)
    with StatementCounter(matching.engine) as counter:
        ask(anonymous)
    assert [text.split()[0] for text in counter.statements if "BEGIN" not in text] == ["SELECT"]


def test_a_failing_rule_says_the_company_s_value_the_limit_and_the_gap(
    anonymous: TestClient, matching: Matching
) -> None:
    rule = cmp("headcount", "<", 250, "Moins de 250 salariés")
    matching.offers.projection.handle(published(grant("pme", rule)))
    item = ask(anonymous, profile=STARTUP | {"headcount": 300})["items"][0]
    failing = item["reasons"]["failing"][0]
    assert (item["verdict"], failing["limit"], failing["gap"]) == ("not_eligible", 250, 50)
    assert failing["value"]["en"] == "300 people"
    assert "inférieur à 250" in item["counterfactuals"][0]["sentence"]["fr"]


def test_an_interval_across_the_limit_is_unknown_and_asked_for(
    anonymous: TestClient, matching: Matching
) -> None:
    matching.offers.projection.handle(published(grant("petite", cmp("headcount", "<", 30))))
    answer = ask(anonymous, profile=STARTUP | {"headcount": {"min": 20, "max": 49}})
    assert answer["items"][0]["verdict"] == "unknown"
    assert answer["next_question"]["attribute"] == "headcount"


def test_a_question_with_choices_offers_them_in_words(
    anonymous: TestClient, matching: Matching
) -> None:
    rule = cmp("organisation_type", "in", ["startup", "lab"])
    matching.offers.projection.handle(published(grant("pour-certains", rule)))
    question = ask(anonymous, profile={"country": "FR"})["next_question"]
    assert question["attribute"] == "organisation_type"
    labels = {one["code"]: one["label"] for one in question["choices"]}
    assert labels["lab"] == {"fr": "laboratoire", "en": "laboratory"}


def test_an_offer_without_published_criteria_is_never_called_eligible(
    anonymous: TestClient, matching: Matching
) -> None:
    matching.offers.projection.handle(published(grant("sans-critere")))
    item = ask(anonymous, profile=STARTUP)["items"][0]
    assert item["verdict"] == "to_confirm"
    assert "Aucun critère" in item["reasons"]["conditions"][0]["fr"]


def test_a_closed_offer_still_says_what_it_would_be(
    anonymous: TestClient, matching: Matching
) -> None:
    intake = {"shape": "closed"}
    matching.offers.projection.handle(
        published(grant("finie", cmp("headcount", "<", 30), intake=intake))
    )
    item = ask(anonymous, profile=STARTUP)["items"][0]
    assert (item["verdict"], item["if_open"], item["action"]) == ("closed", "eligible", "watch")


def test_a_recommendation_only_programme_is_never_apply_now(
    anonymous: TestClient, matching: Matching
) -> None:
    document = offer(
        "f-ai",
        {"kind": "incubation"},
        intake={"shape": "recommendation_only"},
        eligibility={"rule": cmp("headcount", "<", 30)},
    )
    matching.offers.projection.handle(published(document))
    item = ask(anonymous, profile=STARTUP)["items"][0]
    assert (item["verdict"], item["action"]) == ("to_confirm", "seek_recommendation")


def test_quotas_are_checked_in_the_programme_s_own_unit(
    anonymous: TestClient, matching: Matching
) -> None:
    modes = {
        "playground": mode("playground", "gpu_hour", maximum=5000),
        "fast-lane": mode("fast-lane", "gpu_hour", minimum=10_000, maximum=50_000),
        "dynamic": mode("dynamic", "normalised_gpu_hour", maximum=50_000),
        "regular": mode("regular", "normalised_gpu_hour", minimum=50_000, unbounded=True),
    }
    for slug, one in modes.items():
        matching.offers.projection.handle(published(compute(slug, [one], provider=slug)))
    need = {"compute": {"gpu_hours": 30_000, "gpu_model": "H100"}}
    items = {
        item["offer"]["slug"]: item for item in ask(anonymous, profile=STARTUP, need=need)["items"]
    }
    verdicts = {slug: item["verdict"] for slug, item in items.items()}
    assert verdicts == {
        "playground": "not_eligible",
        "fast-lane": "to_confirm",
        "dynamic": "not_eligible",
        "regular": "to_confirm",
    }
    sentence = items["dynamic"]["reasons"]["failing"][0]["sentence"]
    assert sentence["fr"] == ("120\u202f000 heures GPU normalisées demandées > plafond 50\u202f000")
    assert items["playground"]["options"][0]["quota"]["maximum"] == 5000


def test_unknown_sovereignty_never_passes_a_strict_preset(
    anonymous: TestClient, matching: Matching
) -> None:
    known = {
        "operator_type": "public",
        "operator_hq": "FR",
        "data_locations": ["FR"],
        "non_eu_law_exposure": "none_known",
    }
    matching.offers.projection.handle(published(compute("inconnu")))
    matching.offers.projection.handle(published(compute("sur", details={"sovereignty": known})))
    need = {"compute": {"sovereignty": "sovereign_strict", "data_class": "health"}}
    answer = ask(anonymous, profile=STARTUP, need=need)
    assert [item["offer"]["slug"] for item in answer["items"]] == ["sur"]
    assert answer["hidden"][0]["reason"] == "sovereignty_unknown"
    assert any("HDS" in text["fr"] for text in answer["items"][0]["reasons"]["conditions"])


def test_non_dilutive_only_keeps_the_grant_part_of_a_blended_offer(
    anonymous: TestClient, matching: Matching
) -> None:
    part = {"instrument": "grant", "dilution": "none"}
    equity = {"instrument": "equity", "dilution": "direct"}
    bond = {"instrument": "convertible", "dilution": "conditional"}
    matching.offers.projection.handle(published(grant("mixte", components=[part, equity])))
    matching.offers.projection.handle(published(grant("dilutif", components=[equity, bond])))
    answer = ask(anonymous, need={"funding": {"non_dilutive_only": True}})
    assert [item["offer"]["slug"] for item in answer["items"]] == ["mixte"]
    assert [c["instrument"] for c in answer["items"][0]["components"]] == ["grant"]
    assert answer["hidden"] == [
        {
            "reason": "dilutive",
            "count": 1,
            "sentence": {"fr": "Uniquement dilutive", "en": "Dilutive only"},
        }
    ]


def test_weights_move_the_order_and_are_shown(anonymous: TestClient, matching: Matching) -> None:
    free = {"basis": "free"}
    matching.offers.projection.handle(published(grant("a-sante", title="prêt santé")))
    matching.offers.projection.handle(published(grant("b-libre", pricing=free)))
    need = {"description": "santé"}
    assert ask(anonymous, need=need)["items"][0]["offer"]["slug"] == "a-sante"
    answer = ask(anonymous, need=need, weights={"text": 0, "cost": 10})
    assert answer["items"][0]["offer"]["slug"] == "b-libre"
    assert answer["weights"]["cost"] == 10


def test_an_edited_offer_is_seen_by_the_next_question_and_a_withdrawn_one_is_gone(
    anonymous: TestClient, matching: Matching
) -> None:
    first = grant("vivante", title="ancien titre")
    matching.offers.projection.handle(published(first))
    assert ask(anonymous)["items"][0]["offer"]["title"]["fr"] == "ancien titre"
    second = grant("vivante", title="nouveau titre", version=2)
    matching.offers.projection.handle(published(second, sequence=2))
    assert ask(anonymous)["items"][0]["offer"]["title"]["fr"] == "nouveau titre"
    matching.offers.projection.handle(withdrawn(second, sequence=3))
    assert ask(anonymous)["items"] == []


def test_a_planned_machine_is_never_eligible_now(anonymous: TestClient, matching: Matching) -> None:
    expected = {"text": both("pas avant 2027"), "source": "presse"}
    details = {"status": "planned", "nature": "machine", "expected": expected}
    matching.offers.projection.handle(
        published(compute("alice", [mode("play", "gpu_hour", unbounded=True)], details=details))
    )
    item = ask(anonymous, profile=STARTUP)["items"][0]
    assert item["verdict"] == "closed"
    assert {"fr": "pas avant 2027", "en": "pas avant 2027"} in item["reasons"]["conditions"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"profile": {"headcount": "many"}}, "/profile/headcount"),
        ({"profile": {"headcount": {"min": 9, "max": 3}}}, "/profile/headcount"),
        ({"profile": {"nonsense": 1}}, "/profile/nonsense"),
        ({"profile": {"sectors": ["alchemy"]}}, "/profile"),
        ({"need": {"description": "x" * 5001}}, "/need/description"),
        ({"need": {"compute": {"gpu_hours": -1}}}, "/need/compute/gpu_hours"),
        ({"weights": {"luck": 1}}, "/weights/luck"),
        ({"limit": 101}, "/limit"),
        ({"surprise": True}, "/surprise"),
    ],
)
def test_a_fault_is_422_with_its_pointer(anonymous: TestClient, body: dict, pointer: str) -> None:
    response = anonymous.post("/v1/matches", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert [fault["pointer"] for fault in response.json()["errors"]] == [pointer]


def test_all_faults_come_at_once(anonymous: TestClient) -> None:
    response = anonymous.post("/v1/matches", json={"limit": 0, "profile": {"trl": 12}})
    assert {fault["pointer"] for fault in response.json()["errors"]} == {"/limit", "/profile/trl"}


@pytest.mark.parametrize("raw", ["{", '{"limit": 1, "limit": 2}', '{"limit": NaN}', "[" * 9999])
def test_malformed_json_is_400(anonymous: TestClient, raw: str) -> None:
    headers = {"content-type": "application/json"}
    assert anonymous.post("/v1/matches", content=raw, headers=headers).status_code == 400


def test_another_media_type_is_415(anonymous: TestClient) -> None:
    headers = {"content-type": "text/plain"}
    assert anonymous.post("/v1/matches", content="{}", headers=headers).status_code == 415


def test_an_unknown_parameter_is_400(anonymous: TestClient) -> None:
    assert anonymous.post("/v1/matches?debug=1", json={}).status_code == 400


def test_answers_are_private(anonymous: TestClient) -> None:
    response = anonymous.post("/v1/matches", json={})
    assert response.headers["cache-control"] == "private, no-store"


def _three(matching: Matching) -> None:
    young = cmp("headcount", "<", 50)
    for document in (
        grant("a-sure", young, title="agriculture"),
        grant("b-attend", cmp("trl", ">=", 4), title="santé numérique"),
        grant("c-refuse", cmp("headcount", ">", 50), title="santé numérique"),
        grant("d-sure-aussi", young, title="agriculture"),
    ):
        matching.offers.projection.handle(published(document))


def _order(answer: dict) -> list[str]:
    return [item["offer"]["slug"] for item in answer["items"]]


def test_matches_stand_in_one_order_and_a_reader_may_ask_for_groups(
    anonymous: TestClient, matching: Matching
) -> None:
    _three(matching)
    body = {"profile": STARTUP, "need": {"description": "santé numérique"}}
    plain, grouped = ask(anonymous, **body), ask(anonymous, **body, group="verdict")
    assert _order(plain) == ["b-attend", "a-sure", "d-sure-aussi", "c-refuse"]
    assert _order(grouped) == ["a-sure", "d-sure-aussi", "b-attend", "c-refuse"]
    assert plain["counts"] == grouped["counts"]
    # The groups arrange the page and choose none of it.
    page = ask(anonymous, **body, group="verdict", limit=2)
    assert _order(page) == ["a-sure", "b-attend"]


def test_a_group_that_is_not_known_is_refused_with_those_that_are(anonymous: TestClient) -> None:
    response = anonymous.post("/v1/matches", json={"group": "kind"})
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/group"
    assert "verdict" in response.json()["errors"][0]["detail"]


def test_every_criterion_is_shown_with_what_it_adds(
    anonymous: TestClient, matching: Matching
) -> None:
    _three(matching)
    answer = ask(anonymous, profile=STARTUP, weights={"sector": 0, "verdict": 30})
    for item in answer["items"]:
        parts = {part["criterion"]: part for part in item["contributions"]}
        # GPUs are a matter of machines.
        assert set(parts) == set(answer["weights"]) - {"gpus"}
        assert (parts["verdict"]["weight"], parts["verdict"]["known"]) == (30, True)
        for quiet in ("text", "history", "exposure", "sector"):
            assert (parts[quiet]["weight"], parts[quiet]["contribution"]) == (0, 0)


def test_a_stored_need_may_be_read_in_groups_and_the_log_says_what_was_shown(
    owner: TestClient, matching: Matching
) -> None:
    _three(matching)
    made = owner.post("/v1/startups", json=STARTUP).json()
    need = {"description": "santé numérique"}
    stored = owner.post(f"/v1/startups/{made['id']}/needs", json=need).json()
    address = f"/v1/needs/{stored['id']}/matches"
    grouped = owner.get(address, params={"group": "verdict"}).json()
    assert _order(grouped) == ["a-sure", "d-sure-aussi", "b-attend", "c-refuse"]
    with matching.engine.connect() as connection:
        wanted = select(decision.c.offer_id).order_by(decision.c.position)
        logged = [str(offer) for offer in connection.execute(wanted).scalars()]
    assert logged == [item["offer"]["id"] for item in grouped["items"]]
    assert _order(owner.get(address).json())[0] == "b-attend"
    assert owner.get(address, params={"group": "x"}).status_code == 400


def test_a_question_about_one_offer_judges_counts_and_asks_about_it_alone(
    anonymous: TestClient, matching: Matching
) -> None:
    matching.offers.projection.handle(published(grant("bourse", YOUNG)))
    matching.offers.projection.handle(published(grant("pme", cmp("headcount", "<", 250, "PME"))))
    answer = ask(anonymous, profile={"country": "FR"}, offers=["pme"])
    assert [item["offer"]["slug"] for item in answer["items"]] == ["pme"]
    assert {name: n for name, n in answer["counts"].items() if n} == {"unknown": 1}
    assert answer["next_question"]["attribute"] == "headcount"
    assert answer["hidden"] == []
    by_id = ask(anonymous, offers=[answer["items"][0]["offer"]["id"]])
    assert [item["offer"]["slug"] for item in by_id["items"]] == ["pme"]


def test_offers_that_are_asked_about_and_not_published_or_of_another_kind_are_said(
    anonymous: TestClient, matching: Matching
) -> None:
    matching.offers.projection.handle(published(grant("bourse", YOUNG)))
    answer = ask(anonymous, offers=["bourse", "never"], kinds=["compute"])
    assert answer["items"] == []
    assert {one["reason"]: one["count"] for one in answer["hidden"]} == {
        "other_kind": 1,
        "not_published": 1,
    }
    assert anonymous.post("/v1/matches", json={"offers": []}).status_code == 422


def cut_offs(*days: str) -> dict[str, object]:
    return {"shape": "cut_offs", "cut_offs": [{"on": day} for day in days]}


def test_the_deadline_is_the_first_ahead_of_the_offer_or_of_a_way_into_it(
    anonymous: TestClient, matching: Matching
) -> None:
    late, early, past = "2027-03-01", "2027-01-15", "2026-06-01"
    offers = (
        grant("sans-date"),
        grant("passee", intake=cut_offs(past, late)),
        compute(
            "voie", [mode("libre", "gpu_hour"), mode("appel", "gpu_hour", intake=cut_offs(early))]
        ),
        compute(
            "les-deux", [mode("appel", "gpu_hour", intake=cut_offs(late))], intake=cut_offs(early)
        ),
    )
    for document in offers:
        matching.offers.projection.handle(published(document))
    told = {item["offer"]["slug"]: item["deadline"] for item in ask(anonymous)["items"]}
    assert told["sans-date"] is None
    assert {slug: told[slug] and told[slug]["on"] for slug in ("passee", "voie", "les-deux")} == {
        "passee": late,
        "voie": early,
        "les-deux": early,
    }
