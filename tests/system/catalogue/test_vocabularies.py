"""Curators change words and figures; searches and compute plans follow, as a preview said."""

import time

WITHIN_SECONDS = 15
SYNONYMS = "/v1/vocabularies/search_synonyms"
GPUS = "/v1/vocabularies/gpu_models"
NONSENSE = "zorglubique"


def wait_for(check):
    """Return when the check holds; fail when it does not come to."""
    began = time.monotonic()
    while not check():
        assert time.monotonic() - began < WITHIN_SECONDS
        time.sleep(0.1)


def send(person, method, address, **body):
    headers = {"If-Match": "*"} if method == "put" else {}
    answer = getattr(person, method)(address, headers=headers, **({"json": body} if body else {}))
    assert answer.status_code == 200, answer.text
    return answer.json()


def slugs(anonymous, words):
    return [one["slug"] for one in anonymous.get("/v1/offers", params={"q": words}).json()["items"]]


def test_a_word_that_nobody_wrote_finds_offers_once_curators_say_what_it_means(
    anonymous, curator, second_curator
):
    label = {"fr": NONSENSE, "en": "jean zay"}
    entry = {"code": "zorglub", "label": label, "source": "Cap Digital"}
    said = send(curator, "post", f"{SYNONYMS}/preview", entries=[entry], searches=[NONSENSE])
    (effect,) = [one for one in said["searches"] if one["q"] == NONSENSE]
    assert any("jean-zay" in slug for slug in effect["after"][:3])
    send(curator, "put", f"{SYNONYMS}/draft", entries=[entry])
    send(second_curator, "post", f"{SYNONYMS}/publish")
    wait_for(lambda: slugs(anonymous, NONSENSE) == effect["after"])
    send(curator, "post", f"{SYNONYMS}/restore", edition=1)
    send(second_curator, "post", f"{SYNONYMS}/publish")
    wait_for(lambda: slugs(anonymous, NONSENSE) == effect["before"])


def plan(anonymous):
    compute = {"gpu_hours": 1000, "gpu_model": "H100-SXM"}
    answer = anonymous.post("/v1/compute/plan", json={"need": {"compute": compute}})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_faster_model_changes_the_order_of_compute_plans_as_the_preview_said(
    anonymous, curator, second_curator
):
    before = plan(anonymous)
    entries = anonymous.get(GPUS).json()["entries"]
    for entry in entries:
        if entry["code"] == "L40S":
            entry["gpu"]["tflops_bf16"] *= 10
    said = send(curator, "post", f"{GPUS}/preview", entries=entries)
    assert {one["model"] for one in said["models"]} == {"L40S"}
    assert said["models"][0]["offers"]
    send(curator, "put", f"{GPUS}/draft", entries=entries)
    edition = send(second_curator, "post", f"{GPUS}/publish")["edition"]
    wait_for(lambda: plan(anonymous)["gpu_table_version"].endswith(f".{edition}"))
    keys = [[one["key"] for one in told["options"]] for told in (before, plan(anonymous))]
    assert sorted(keys[0]) == sorted(keys[1])
    assert keys[0] != keys[1]
    send(curator, "post", f"{GPUS}/restore", edition=1)
    send(second_curator, "post", f"{GPUS}/publish")
    wait_for(lambda: plan(anonymous)["options"] == before["options"])


def test_a_model_that_offers_use_is_not_forgotten(anonymous, curator, second_curator):
    entries = anonymous.get(GPUS).json()["entries"]
    kept = [one for one in entries if one["code"] != "L40S"]
    send(curator, "put", f"{GPUS}/draft", entries=kept)
    refused = second_curator.post(f"{GPUS}/publish")
    assert refused.status_code == 409
    assert "L40S" in refused.json()["detail"]
    send(curator, "post", f"{GPUS}/discard")


def test_curators_rename_a_sector_and_give_it_a_spelling_that_partners_write(
    anonymous, curator, second_curator, partner
):
    address, word = "/v1/vocabularies/sectors", "zorglomédical"
    entries = anonymous.get(address).json()["entries"]
    health = next(one for one in entries if one["code"] == "health")
    health.update(label={"fr": "santé et soin", "en": "health and care"}, aliases=[word])
    used = send(curator, "post", f"{address}/preview", entries=entries)["used"]
    assert [one["code"] for one in used] == ["health"]
    assert used[0]["offers"] >= len(used[0]["slugs"]) > 0
    send(curator, "put", f"{address}/draft", entries=entries)
    assert curator.post(f"{address}/publish").status_code == 403
    assert partner.post(f"{address}/publish").status_code == 403
    send(second_curator, "post", f"{address}/publish")
    wait_for(lambda: labels(anonymous)["health"]["fr"] == "santé et soin")
    missing = [one for one in entries if one["code"] != "energy"]
    refused = curator.put(f"{address}/draft", json={"entries": missing}, headers={"If-Match": "*"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "missing")
    send(curator, "post", f"{address}/restore", edition=1)
    send(second_curator, "post", f"{address}/publish")
    wait_for(lambda: labels(anonymous)["health"]["fr"] == "santé")


def labels(anonymous):
    listed = anonymous.get("/v1/vocabularies").json()["sectors"]
    return {one["code"]: one["label"] for one in listed}
