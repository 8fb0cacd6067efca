"""Signs and capitals that carry meaning are part of a word, from the listing to the answer."""

import pytest
from tests.catalog.support import both


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
