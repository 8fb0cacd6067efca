"""A preview says what an edition will change, and then exactly that changes."""

import pytest
from tests.catalog.search.test_synonyms import finds
from tests.catalog.support import CURATOR, PARTNER, SECOND, both, gpu

SYNONYMS = "/v1/vocabularies/search_synonyms"
GPUS = "/v1/vocabularies/gpu_models"
LLM = {
    "code": "llm",
    "label": {"fr": "grand modèle de langage", "en": "large language model"},
    "aliases": ["LLM"],
    "source": "Cap Digital",
}


@pytest.fixture(params=["tantivy", pytest.param("opensearch", marks=pytest.mark.engines)])
def search_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


def preview(place, address, by=CURATOR, status=200, **body):
    answer = place.client.post(f"{address}/preview", json=body, headers=place.as_(by))
    assert answer.status_code == status, answer.text
    return answer.json()


def publish_entries(place, address, entries):
    headers = place.as_(CURATOR, If_Match="*")
    drafted = place.client.put(f"{address}/draft", json={"entries": entries}, headers=headers)
    assert drafted.status_code == 200, drafted.text
    answer = place.client.post(f"{address}/publish", headers=place.as_(SECOND))
    assert answer.status_code == 200, answer.text


def models(place):
    return {one["code"]: one for one in place.client.get(GPUS).json()["entries"]}


def test_only_curators_preview_and_only_what_could_be_published(place):
    assert place.client.post(f"{SYNONYMS}/preview", json={}).status_code == 401
    preview(place, SYNONYMS, by=PARTNER, status=403)
    preview(place, SYNONYMS, status=409)
    preview(place, SYNONYMS, status=422, entries=[LLM, LLM])
    preview(place, "/v1/vocabularies/intake_statuses", status=404)


def test_searches_change_as_the_preview_said_and_others_stay(place):
    place.publish("langage", "training", title=both("Grands modèles de langage"))
    place.publish("vision", "training", title=both("Vision par ordinateur"))
    place.drain()
    said = preview(place, SYNONYMS, entries=[LLM], searches=["formation llm", "vision"])
    effects = {one["q"]: one for one in said["searches"]}
    assert "vision" not in effects
    assert (effects["LLM"]["before"], effects["LLM"]["after"]) == ([], ["langage"])
    assert place.client.get(SYNONYMS).json()["entries"] == []
    publish_entries(place, SYNONYMS, [LLM])
    assert finds(place, "LLM", effects["LLM"]["after"]) == effects["LLM"]["after"]


def test_models_in_use_are_shown_with_their_worth_before_and_after(place):
    place.publish("nuage", "compute", details=gpu("NVIDIA A100 80"))
    place.publish("autre", "compute", details=gpu("MI300X"))
    place.drain()
    changed = models(place)
    changed["A100-80"]["gpu"]["tflops_bf16"] *= 2
    said = preview(place, GPUS, entries=[*changed.values()])
    (one,) = said["models"]
    assert (one["model"], one["offers"]) == ("NVIDIA A100 80", ["nuage"])
    assert one["after"] == pytest.approx(2 * one["before"], abs=0.002)
    assert said["lost"] == []


def test_a_new_reference_changes_the_worth_of_every_other_model_in_use(place):
    place.publish("nuage", "compute", details=gpu("A100-80"))
    place.publish("autre", "compute", details=gpu("MI300X"))
    changed = models(place)
    changed["H100-SXM"]["gpu"]["tflops_bf16"] *= 2
    said = preview(place, GPUS, entries=[*changed.values()])
    assert {one["model"] for one in said["models"]} == {"A100-80", "MI300X"}


def test_what_could_not_be_published_is_named_with_the_offers_that_need_it(place):
    place.publish("nuage", "compute", details=gpu("NVIDIA L40S"))
    without = [one for code, one in models(place).items() if code != "L40S"]
    said = preview(place, GPUS, entries=without)
    assert said["lost"] == [{"code": "NVIDIA L40S", "offers": ["nuage"]}]
    assert said["models"][0]["after"] is None
