"""Curators draft, compare, publish and restore vocabularies."""

import pytest
from tests.catalog.support import CURATOR, PARTNER, SECOND, gpu

SYNONYMS = "/v1/vocabularies/search_synonyms"
GPUS = "/v1/vocabularies/gpu_models"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def database_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


def group(code="llm", fr="grand modèle de langage", en="large language model", aliases=("LLM",)):
    label = {"fr": fr, "en": en}
    return {"code": code, "label": label, "aliases": list(aliases), "source": "Cap Digital"}


def write(place, entries, address=SYNONYMS, version="*", by=CURATOR):
    headers = place.as_(by, If_Match=version)
    return place.client.put(f"{address}/draft", json={"entries": entries}, headers=headers)


def post(place, address, by=SECOND, **body):
    headers = place.as_(by)
    return place.client.post(address, headers=headers, **({"json": body} if body else {}))


def published(place, entries, address=SYNONYMS):
    assert write(place, entries, address).status_code == 200
    answer = post(place, f"{address}/publish")
    assert answer.status_code == 200, answer.text
    return answer.json()


def gpus(place):
    return place.client.get(GPUS).json()["entries"]


def test_everybody_reads_the_packaged_gpu_models_as_the_first_edition(place):
    read = place.client.get(GPUS).json()
    assert read["edition"] == 1
    assert {"H100-SXM", "A100-80", "MI300X"} <= {one["code"] for one in read["entries"]}


def test_nobody_edits_a_vocabulary_without_the_scope(place):
    body = {"entries": []}
    assert place.client.put(f"{GPUS}/draft", json=body).status_code == 401
    answer = place.client.put(f"{GPUS}/draft", json=body, headers=place.as_(PARTNER))
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["intake_statuses", "no-such"])
def test_a_vocabulary_that_the_code_decides_has_no_editions(place, name):
    assert place.client.get(f"/v1/vocabularies/{name}").status_code == 404


def test_a_draft_is_seen_by_curators_alone_until_another_one_publishes_it(place):
    assert write(place, [group()]).json()["draft"]["authors"] == ["curator-1"]
    assert place.client.get(SYNONYMS).json()["entries"] == []
    own = post(place, f"{SYNONYMS}/publish", by=CURATOR)
    assert (own.status_code, own.json()["type"].rsplit("/")[-1]) == (403, "own-text")
    assert post(place, f"{SYNONYMS}/publish").json()["edition"] == 2
    assert place.client.get(SYNONYMS).json()["entries"][0]["code"] == "llm"


def test_a_draft_names_the_version_that_was_read(place):
    missing = place.client.put(
        f"{SYNONYMS}/draft", json={"entries": []}, headers=place.as_(CURATOR)
    )
    assert missing.status_code == 428
    assert write(place, [group()], version='"1"').headers["etag"] == '"2"'
    assert write(place, [group(code="other")], version='"1"').status_code == 412


def test_publishing_without_a_draft_is_refused(place):
    assert post(place, f"{SYNONYMS}/publish").status_code == 409
    write(place, [group()])
    assert post(place, f"{SYNONYMS}/discard").json()["draft"] is None
    assert post(place, f"{SYNONYMS}/publish").status_code == 409


def test_two_editions_are_compared_entry_by_entry(place):
    published(place, [group(), group("ft", "affinage", "fine-tuning", ())])
    published(place, [group(aliases=["LLM", "LLMs"]), group("gpu", "carte graphique", "GPU", ())])
    headers = place.as_(CURATOR)
    found = place.client.get(f"{SYNONYMS}/diff?before=2&after=live", headers=headers).json()
    assert [one["code"] for one in found["added"]] == ["gpu"]
    assert [one["code"] for one in found["removed"]] == ["ft"]
    assert found["changed"][0]["after"]["aliases"] == ["LLM", "LLMs"]


def test_a_former_edition_comes_back_as_a_draft_and_the_history_tells_it(place):
    published(place, [group()])
    published(place, [])
    assert post(place, f"{SYNONYMS}/restore", by=CURATOR, edition=2).json()["edition"] == 3
    assert post(place, f"{SYNONYMS}/publish").json()["entries"][0]["code"] == "llm"
    history = place.client.get(f"{SYNONYMS}/editions", headers=place.as_(CURATOR)).json()
    assert [one["edition"] for one in history["items"]] == [4, 3, 2, 1]
    assert history["items"][0]["approver"] == "curator-2"
    assert post(place, f"{SYNONYMS}/restore", edition=9).status_code == 404


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([group(), group()], "repeated"),
        ([group(), group("b", "LLM", "foundation model", ())], "ambiguous"),
        ([group(aliases=[], fr="LLM", en="L.L.M.")], "too_short"),
        ([group(aliases=["a b c d e f g"])], "invalid"),
        ([{**group(), "label": {"fr": "un"}}], "missing"),
        ([{**group(), "code": "no code"}], "value_error"),
    ],
)
def test_what_cannot_be_an_edition_is_refused_with_its_place(place, entries, code):
    answer = write(place, entries)
    assert answer.status_code == 422
    assert code in {fault["code"] for fault in answer.json()["errors"]}, answer.text


def test_a_gpu_model_needs_figures_and_the_unit_of_comparison_stays(place):
    without = [one for one in gpus(place) if one["code"] != "H100-SXM"]
    assert write(place, without, GPUS).status_code == 422
    assert write(place, [*gpus(place), group()], GPUS).status_code == 422


def test_a_gpu_model_that_offers_use_goes_only_with_one_that_takes_its_place(place):
    place.publish("frontale", "compute", details=gpu("L40S"))
    kept = [one for one in gpus(place) if one["code"] != "L40S"]
    write(place, kept, GPUS)
    refused = post(place, f"{GPUS}/publish")
    assert (refused.status_code, refused.json()["type"].rsplit("/")[-1]) == (409, "code-in-use")
    assert "L40S (frontale)" in refused.json()["detail"]
    heir = next(one for one in kept if one["code"] == "L40")
    heir["aliases"].append("L40S")
    assert published(place, kept, GPUS)["edition"] == 2
