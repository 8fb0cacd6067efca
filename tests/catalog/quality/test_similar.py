"""Similar offers: of one kind, published, told why, never the offer itself or its duplicates."""

import pytest
from tests.catalog.support import both, component, content, gpu, lose_index

H100, H100_PCIE = (gpu(model, vendor="nvidia") for model in ("H100-SXM", "H100-PCIe"))
BY_INRIA = [{"organisation": "inria", "role": "provider"}]


@pytest.fixture(params=["tantivy", pytest.param("opensearch", marks=pytest.mark.engines)])
def search_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


@pytest.fixture
def machines(place):
    place.publish("jean-zay", "compute", title=both("Calcul GPU"), details=H100)
    place.publish(
        "cloud", "compute", title=both("Nuage"), details=H100_PCIE, organisations=BY_INRIA
    )
    place.publish("autre", "compute", title=both("Rien de commun"), organisations=BY_INRIA)
    place.publish("genci", "compute", title=both("Autre machine"))
    place.publish("cours", "training", title=both("Calcul GPU"), keywords=["calcul"])
    place.drain()
    return place


def similar(place, reference, **parameters):
    answer = place.client.get(f"/v1/offers/{reference}/similar", params=parameters)
    assert answer.status_code == 200, answer.text
    return {one["offer"]["slug"]: one for one in answer.json()["items"]}


def test_what_shares_most_comes_first_and_says_why(machines):
    found = similar(machines, "jean-zay")
    assert list(found) == ["cloud", "genci"]
    said = {one["code"]: one["said"] for one in found["cloud"]["reasons"]}
    assert said["kind"] == {"fr": "même type d'offre : calcul", "en": "same kind of offer: compute"}
    assert said["gpu"]["fr"] == "même famille de GPU : H100"
    assert [one["code"] for one in found["genci"]["reasons"]] == ["kind", "provider"]


def test_the_offer_itself_and_other_kinds_are_never_similar(machines):
    found = similar(machines, "cloud", limit=20)
    assert set(found) == {"jean-zay", "autre"}
    assert similar(machines, "cours") == {}


def test_the_list_is_bounded_and_the_same_each_time(machines):
    first = machines.client.get("/v1/offers/jean-zay/similar", params={"limit": 1})
    again = machines.client.get("/v1/offers/jean-zay/similar", params={"limit": 1})
    assert len(first.json()["items"]) == 1
    assert first.content == again.content
    for limit in ("0", "21", "x"):
        parameters = {"limit": limit}
        assert machines.client.get("/v1/offers/genci/similar", params=parameters).status_code == 400


def test_near_texts_are_similar_without_a_shared_fact(place):
    loan = [component("loan")]
    place.publish("aide-sante", title=both("Aide à la santé numérique"))
    place.publish(
        "pret-sante",
        title=both("Prêt pour la santé numérique"),
        organisations=BY_INRIA,
        details={"components": loan},
    )
    place.drain()
    found = similar(place, "aide-sante")
    assert list(found) == ["pret-sante"]
    assert found["pret-sante"]["score"] > 0


def test_shared_topics_and_sectors_are_told(place):
    shared = {"keywords": ["Imagerie"], "sectors": ["health"]}
    place.publish("aide-a", **shared)
    place.publish("aide-b", **{**shared, "keywords": ["imagerie", "autre"]})
    place.drain()
    (one,) = similar(place, "aide-a").values()
    said = {reason["code"]: reason["said"]["fr"] for reason in one["reasons"]}
    assert said["topics"] == "sujets communs : Imagerie"
    assert said["instrument"] == "même instrument : subvention"
    assert said["sectors"].startswith("secteurs communs : ")


def test_a_probable_duplicate_is_not_similar(place):
    page = {"url": "https://example.org/bourse", "title": both("Bourse pour l'IA")}
    place.publish("bourse-une", **page)
    place.publish("bourse-deux", **page)
    place.publish("bourse-trois", title=both("Autre aide"))
    place.drain()
    assert "bourse-deux" in similar(place, "bourse-une")
    place.look_for_duplicates()
    assert list(similar(place, "bourse-une")) == ["bourse-trois"]


def test_facts_make_similar_while_the_index_is_away(machines):
    lose_index(machines)
    found = similar(machines, "jean-zay")
    assert list(found) == ["cloud", "genci"]


def test_a_former_slug_leads_on_and_what_is_not_published_is_404(place):
    place.revise(place.publish("ancienne"), content("nouvelle"))
    place.archive(place.publish("finie"))
    place.drain()
    assert similar(place, "ancienne") == {}
    for reference in ("finie", "jamais-vue"):
        assert place.client.get(f"/v1/offers/{reference}/similar").status_code == 404
