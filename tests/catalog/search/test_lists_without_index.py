"""What readers get while the search index is out of reach, on every database."""

import shutil

import pytest
from tests.catalog.support import (
    FOUND_BY_BOUND,
    FOUND_BY_FILTER,
    both,
    check_bounds,
    publish_bounded,
    publish_one_of_each,
)

from aiff_catalog.search.domain.queries import FILTERS


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def database_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


@pytest.fixture
def without_index(place):
    shutil.rmtree(place.settings.search.index_dir)
    return place


def test_offers_are_listed_by_title_and_the_answer_says_that_it_is_degraded(without_index):
    for slug, title in {"xx": "Zéro", "yy": "robot", "zz": "Énergie"}.items():
        without_index.publish(slug, title=both(title), intake={"shape": "permanent"})
    answer = without_index.search(count="true", facets="kind")
    assert [item["slug"] for item in answer["items"]] == ["zz", "yy", "xx"]
    assert [item["intake_status"] for item in answer["items"]] == ["open"] * 3
    assert (answer["count"], answer["degraded"], answer["approximate"]) == (3, True, False)
    assert answer["facets"] == {"kind": []}


@pytest.mark.parametrize(("filters", "slugs"), FOUND_BY_FILTER)
def test_filters_find_what_they_find_in_the_index(without_index, filters, slugs):
    publish_one_of_each(without_index)
    assert without_index.found(**filters) == slugs


@pytest.mark.parametrize(("bounds", "slugs", "silent"), FOUND_BY_BOUND)
def test_bounds_leave_out_what_is_silent_and_count_it(without_index, bounds, slugs, silent):
    publish_bounded(without_index)
    check_bounds(without_index, bounds, slugs, silent)


def test_every_filter_is_understood(without_index):
    without_index.publish("bourse")
    values = {"kind": "funding", "status": "open", "instrument": "grant", "dilution": "none"}
    values |= {"stack": "cuda", "price_basis": "free", "language": "fr", "gpu_model": "H100"}
    values |= {"audience": "sme", "stage": "seed", "sector": "health", "region": "FR"}
    values |= {"provider": "genci"}
    assert set(values) == set(FILTERS)
    for name, value in values.items():
        assert len(without_index.found(**{name: value})) < 2, name


@pytest.mark.parametrize(
    ("region", "slugs"),
    [
        ("FR-IDF", ["france", "idf", "paris"]),
        ("FR", ["bretagne", "france", "idf", "paris"]),
        ("DE", []),
        ("unknown", ["inconnue"]),
    ],
)
def test_a_region_finds_what_contains_it_and_what_lies_inside(without_index, region, slugs):
    places = {"france": ["FR"], "idf": ["FR-IDF"], "paris": ["COM-75056"], "bretagne": ["REG-53"]}
    for slug, codes in {**places, "inconnue": None}.items():
        without_index.publish(slug, territories=codes)
    assert without_index.found(region=region) == slugs


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("entrainement", ["formation-gpu"]),
        ("ENTRAÎNEMENT de modèles", ["formation-gpu"]),
        ("start-up", ["formation-gpu"]),
        ("health", ["aide-sante"]),
        ("l\u2019IA en santé", ["aide-sante"]),
        ("genci", ["aide-sante", "formation-gpu"]),
        ("paleontologie", []),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
        ("?1", []),
        ("$1", []),
    ],
)
def test_words_are_found_as_plain_text(without_index, words, slugs):
    without_index.publish(
        "formation-gpu",
        "training",
        title={"fr": "Formation à l'entraînement de modèles", "en": "Training models"},
        summary={"fr": "Pour les start-up d'Île-de-France", "en": "For founders"},
    )
    title = {"fr": "Aide à l'IA en santé", "en": "Grant for AI in health"}
    without_index.publish("aide-sante", title=title)
    assert without_index.found(q=words) == slugs


def test_pages_follow_each_other(without_index):
    for number in range(3):
        without_index.publish(f"offre-{number}")
    first = without_index.search(limit=2)
    second = without_index.search(limit=2, cursor=first["next"])
    slugs = [item["slug"] for page in (first, second) for item in page["items"]]
    assert slugs == ["offre-0", "offre-1", "offre-2"]
    assert second["next"] is None


def test_lists_can_be_ordered_by_deadline_and_by_change(without_index):
    for number, day in enumerate((20, 10, None)):
        closing = {"shape": "window", "window": {"closes": {"on": f"2026-12-{day}"}}}
        without_index.publish(f"offre-{number}", **({"intake": closing} if day else {}))
        without_index.clock.advance(hours=1)
    assert without_index.found(sort="deadline") == ["offre-1", "offre-0", "offre-2"]
    assert without_index.found(sort="-updated_at") == ["offre-2", "offre-1", "offre-0"]


def test_the_status_follows_the_clock(place):
    closing = {"shape": "window", "window": {"closes": {"on": "2026-11-30"}}}
    place.publish("bourse", intake=closing)
    place.drain()
    place.clock.advance(days=7)
    place.index()
    shutil.rmtree(place.settings.search.index_dir)
    assert place.found(status="open") == []
    assert place.found(status="closed") == ["bourse"]


def test_one_offer_is_read_as_always(without_index):
    without_index.publish("bourse")
    assert without_index.client.get("/v1/offers/bourse").status_code == 200
    assert without_index.client.get("/health/ready").status_code == 200


def test_the_same_search_as_json_is_degraded_too(without_index):
    without_index.publish("bourse")
    answer = without_index.client.post("/v1/offers/search", json={"q": "bourse"}).json()
    assert (len(answer["items"]), answer["degraded"]) == (1, True)
