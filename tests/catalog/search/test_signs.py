"""Signs and capitals that carry meaning are part of a word, a size beside a name is not."""

import pytest
from tests.catalog.support import both, gpu


@pytest.fixture(params=["tantivy", pytest.param("opensearch", marks=pytest.mark.engines)])
def search_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


@pytest.fixture
def languages(place):
    """Offers whose telling words are a letter and a sign, or a pronoun in capitals."""
    place.publish("cours-cpp", "training", title=both("C++ moderne pour le calcul"))
    place.publish("cours-csharp", "training", title=both("C# et .NET pour débuter"))
    place.publish("cours-r", "training", title=both("Statistique avec R"))
    place.publish("aide-rd", title=both("Aide à la R&D des PME"))
    place.publish("conseil-it", "expertise", title=both("Audit IT d'une start-up"))
    place.drain()
    return place


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("C++", "cours-cpp"),
        ("c++", "cours-cpp"),
        ("cours de C++", "cours-cpp"),
        ("C#", "cours-csharp"),
        (".NET", "cours-csharp"),
        ("R&D", "aide-rd"),
        ("R & D", "aide-rd"),
        ("R", "cours-r"),
        ("IT", "conseil-it"),
    ],
)
def test_a_sign_decides_what_comes_first(languages, typed, first):
    assert languages.found(q=typed)[:1] == [first]


@pytest.mark.parametrize(
    ("typed", "other"), [("C++", "cours-csharp"), ("R", "aide-rd"), ("R&D", "cours-r")]
)
def test_what_only_shares_the_letter_is_not_found(languages, typed, other):
    assert other not in languages.found(q=typed)


def test_what_is_written_out_shows_its_initials_first(languages):
    shown = languages.search(q="recherche et développement")["items"]
    assert shown[0]["slug"] == "aide-rd"


def test_what_begins_so_is_suggested(languages):
    answer = languages.client.get("/v1/offers/suggestions", params={"q": "C+"})
    assert answer.status_code == 200, answer.text
    assert "cours-cpp" in answer.text


@pytest.fixture
def machines(place):
    """Offers with the GPU of which one says its memory in words, and one with another GPU."""
    place.publish("nuage-h100", "compute", title=both("Nuage H100 80 Go"), details=gpu("H100-SXM"))
    place.publish("calculateur", "compute", title=both("Calculateur"), details=gpu("H100-SXM"))
    place.publish("cartes-h100", "compute", title=both("Cartes"), details=gpu("H100-PCIE"))
    place.publish("ancien", "compute", title=both("Partition ancienne"), details=gpu("V100"))
    place.drain()
    return place


@pytest.mark.parametrize("typed", ["H100 80 Go", "H100 80GB", "h100 80 gb", "H100 (80 Gio)"])
def test_its_memory_beside_its_name_loses_no_offer(machines, typed):
    by_model = machines.found(q="H100")
    assert {"nuage-h100", "calculateur", "cartes-h100"} <= set(by_model)
    assert set(by_model) <= set(machines.found(q=typed))


@pytest.mark.parametrize("typed", ["H100 80 Go", "H100"])
def test_another_gpu_is_not_taken_for_it(machines, typed):
    assert "ancien" not in machines.found(q=typed)
