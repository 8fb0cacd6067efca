"""What is suggested while a text is being typed, on every search engine and without one."""

import pytest
from tests.catalog.support import BY_CURATOR, both, gpu, organisation

FAMILIES = [
    "tantivy",
    pytest.param("opensearch", marks=pytest.mark.engines),
]


@pytest.fixture(params=FAMILIES)
def search_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


def suggested(place, text, **more):
    answer = place.client.get("/v1/offers/suggestions", params={"q": text, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def values(place, text, **more):
    return [(one["kind"], one["value"]) for one in suggested(place, text, **more)["items"]]


@pytest.fixture
def offers(place):
    place.catalog.offers.organisations.put(organisation("inria", "Inria Saclay"), None, BY_CURATOR)
    place.publish(
        "jean-zay",
        "compute",
        title={"fr": "Jean Zay, partition H100", "en": "Jean Zay, H100 partition"},
        keywords=["IDRIS", "calcul intensif"],
        details=gpu("H100-SXM", vendor="nvidia"),
    )
    place.publish(
        "entrainement",
        "training",
        title={"fr": "Entraînement à l'échelle", "en": "Training at scale"},
        organisations=[{"organisation": "inria", "role": "provider"}],
        keywords=["IDRIS"],
    )
    place.drain()
    return place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("je", [("offer", "jean-zay")]),
        ("jean za", [("offer", "jean-zay")]),
        ("zay", [("offer", "jean-zay")]),
        ("partition h", [("offer", "jean-zay")]),
        ("ENTRAI", [("offer", "entrainement")]),
        ("entraî", [("offer", "entrainement")]),
        ("train", [("offer", "entrainement")]),
        ("l'éch", [("offer", "entrainement")]),
        ("idr", [("term", "IDRIS")]),
        ("calc", [("term", "calcul intensif")]),
        ("intens", [("term", "calcul intensif")]),
        ("sacl", [("provider", "inria")]),
        ("gen", [("provider", "genci")]),
        ("h100-s", [("gpu_model", "H100-SXM")]),
        ("h100s", [("gpu_model", "H100-SXM")]),
    ],
)
def test_a_beginning_leads_to_what_it_may_become(offers, text, found):
    answer = suggested(offers, text)
    assert [(one["kind"], one["value"]) for one in answer["items"]] == found
    assert (answer["approximate"], answer["degraded"]) == (False, False)


def test_names_that_begin_as_typed_come_first_and_offers_have_their_place(offers):
    assert values(offers, "h1") == [
        ("gpu_model", "H100"),
        ("gpu_model", "H100-SXM"),
        ("offer", "jean-zay"),
    ]
    assert values(offers, "h1", limit=2) == [("gpu_model", "H100"), ("offer", "jean-zay")]


def test_a_suggestion_is_told_in_both_languages(offers):
    assert suggested(offers, "jean")["items"][0]["label"] == {
        "fr": "Jean Zay, partition H100",
        "en": "Jean Zay, H100 partition",
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("entrainmenet", []),
        ("entranem", [("offer", "entrainement")]),
        ("entrianem", [("offer", "entrainement")]),
        ("entraixem", [("offer", "entrainement")]),
        ("entraiinem", [("offer", "entrainement")]),
        ("idrs", [("term", "IDRIS")]),
        ("gneci", [("provider", "genci")]),
        ("gxn", []),
        ("paleontologie", []),
    ],
)
def test_one_wrong_letter_is_forgiven_and_said(offers, text, found):
    answer = suggested(offers, text)
    assert [(one["kind"], one["value"]) for one in answer["items"]] == found
    assert answer["approximate"] is bool(found)


@pytest.mark.parametrize("text", ["%", "_", ".*", "' OR 1=1 --", "(((", '"', "\\", "\u202e", " "])
def test_what_looks_like_syntax_is_text(offers, text):
    assert suggested(offers, text)["items"] == []


def test_the_frequent_name_comes_before_the_rare_one(place):
    place.publish("aa", keywords=["calcul rare"])
    for slug in ("bb", "cc"):
        place.publish(slug, keywords=["calcul usuel"])
    place.drain()
    assert values(place, "calcul") == [("term", "calcul usuel"), ("term", "calcul rare")]


def test_a_rare_name_is_found_among_hundreds_of_others(place):
    for number in range(40):
        words = [f"mot{number:02}x{one}" for one in range(10)]
        place.publish(f"offre-{number}", title=both(f"mot {number}"), keywords=words)
    place.publish("rare", keywords=["motard"])
    place.drain()
    assert ("term", "motard") in values(place, "mota")
    assert len(values(place, "mot", limit=20)) == 20


def test_what_was_withdrawn_is_no_longer_suggested(place):
    offer = place.publish("bourse", keywords=["prêt"])
    place.publish("aide")
    place.drain()
    assert values(place, "bou") == [("offer", "bourse")]
    place.archive(offer)
    place.drain()
    assert values(place, "bou") == []
    assert values(place, "prêt") == []


class TestWithoutIndex:
    """The database answers while the index is away."""

    @pytest.fixture
    def search_settings(self, tantivy_settings):
        return tantivy_settings

    @pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
    def database_settings(self, request):
        return request.getfixturevalue(f"{request.param}_settings")

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("jean za", [("offer", "jean-zay")]),
            ("ENTRAI", [("offer", "entrainement")]),
            ("gen", [("provider", "genci")]),
            ("h100-s", [("gpu_model", "H100-SXM")]),
            ("paleontologie", []),
            ("%", []),
            ("_", []),
        ],
    )
    def test_titles_providers_and_models_are_still_suggested(self, offers, text, found):
        [pointer] = offers.settings.search.index_dir.glob("current-*")
        pointer.unlink()
        answer = suggested(offers, text)
        assert [(one["kind"], one["value"]) for one in answer["items"]] == found
        assert answer["degraded"] is True
