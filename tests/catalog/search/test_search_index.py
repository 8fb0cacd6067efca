"""What every search index must do, through the whole path from a change."""

from datetime import timedelta

import pytest
from tests.catalog.support import (
    FOUND_BY_BOUND,
    FOUND_BY_FILTER,
    both,
    check_bounds,
    content,
    gpu,
    lose_index,
    publish_bounded,
    publish_one_of_each,
    target,
)

from aiff_catalog.offers.application.entries import entry_of
from aiff_catalog.search.adapters.opensearch.client import OpenSearchServer, writing_client
from aiff_catalog.shared.errors import SearchIndexUnavailableError


@pytest.fixture(params=["tantivy", pytest.param("opensearch", marks=pytest.mark.engines)])
def search_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


@pytest.fixture
def texts(place):
    place.publish(
        "formation-gpu",
        "training",
        title={"fr": "Formation à l'entraînement de modèles", "en": "Training models at scale"},
        summary={"fr": "Pour les start-up d'Île-de-France", "en": "For founders in Paris"},
        keywords=["apprentissage profond"],
    )
    place.publish(
        "aide-sante",
        title={"fr": "Aide à l'IA en santé", "en": "Grant for AI in health"},
        summary={"fr": "Une subvention pour les hôpitaux", "en": "Money for hospitals"},
    )
    place.drain()
    return place


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("entraînement", "formation-gpu"),
        ("entrainement", "formation-gpu"),
        ("ENTRAINEMENTS", "formation-gpu"),
        ("startups", "formation-gpu"),
        ("start-up", "formation-gpu"),
        ("start up", "formation-gpu"),
        ("d'ile de france", "formation-gpu"),
        ("founder", "formation-gpu"),
        ("l'IA", "aide-sante"),
        ("l\u2019ia en sante", "aide-sante"),
        ("subventions hopital", "aide-sante"),
        ("granted", "aide-sante"),
        ("health AI", "aide-sante"),
        ("aide-sante", "aide-sante"),
    ],
)
def test_french_and_english_words_find_their_forms(texts, words, slug):
    answer = texts.search(q=words)
    assert [item["slug"] for item in answer["items"]] == [slug]
    assert answer["approximate"] is False


def test_a_typing_error_finds_what_is_similar_and_says_so(texts):
    answer = texts.search(q="entrainemnt")
    assert [item["slug"] for item in answer["items"]] == ["formation-gpu"]
    assert answer["approximate"] is True


def test_what_nobody_offers_finds_nothing(texts):
    answer = texts.search(q="paleontologie", count="true")
    assert (answer["items"], answer["count"], answer["approximate"]) == ([], 0, False)


@pytest.mark.parametrize(
    "text",
    [
        "title_fr:aide OR *",
        '"aide" AND (',
        "' OR 1=1 --",
        "%",
        "*",
        "+-!(){}[]^~?:\\/",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "\u202eabc",
    ],
)
def test_what_looks_like_syntax_is_text(texts, text):
    assert len(texts.found(q=text)) < 2


def test_a_name_as_it_stands_comes_before_a_mention(place):
    place.publish("autre", "training", summary=both("un cours sur adastra, adastra, adastra"))
    place.publish("adastra", "compute", title=both("Adastra"))
    place.drain()
    assert place.found(q="adastra") == ["adastra", "autre"]


def test_half_of_the_words_of_a_sentence_are_enough_and_more_rank_higher(place):
    place.publish("un", title=both("financer un prototype"))
    place.publish("deux", title=both("financer un prototype de robot chirurgical"))
    place.drain()
    assert place.found(q="comment financer mon robot chirurgical") == ["deux"]
    assert place.found(q="comment financer mon prototype robot") == ["deux", "un"]


@pytest.fixture
def territories(place):
    for slug, codes in {
        "monde": ["WORLD"],
        "europe": ["EU"],
        "france": ["FR"],
        "idf": ["FR-IDF"],
        "paris": ["COM-75056"],
        "bretagne": ["REG-53"],
        "inconnue": None,
    }.items():
        place.publish(slug, territories=codes)
    place.drain()
    return place


@pytest.mark.parametrize(
    ("region", "slugs"),
    [
        ("FR-IDF", {"monde", "europe", "france", "idf", "paris"}),
        ("REG-11", {"monde", "europe", "france", "idf", "paris"}),
        ("DEP-75", {"monde", "europe", "france", "idf", "paris"}),
        ("COM-75110", {"monde", "europe", "france", "idf", "paris"}),
        ("COM-97801", {"monde", "europe", "france"}),
        ("COM-97502", {"monde", "france"}),
        ("FR", {"monde", "europe", "france", "idf", "paris", "bretagne"}),
        ("DE", {"monde", "europe"}),
        ("unknown", {"inconnue"}),
    ],
)
def test_a_region_finds_what_contains_it_and_what_lies_inside(territories, region, slugs):
    assert set(territories.found(region=region)) == slugs


def test_unknown_never_passes_for_yes_and_any_always_does(place):
    place.publish("sante", sectors=["health"])
    place.publish("tous", sectors=["any"])
    place.publish("inconnu")
    place.drain()
    assert place.found(sector="health") == ["sante", "tous"]
    assert place.found(sector=["energy", "unknown"]) == ["inconnu", "tous"]


@pytest.mark.parametrize(("filters", "slugs"), FOUND_BY_FILTER)
def test_filters_narrow_what_is_found(place, filters, slugs):
    publish_one_of_each(place)
    place.drain()
    assert place.found(**filters) == slugs


@pytest.mark.parametrize(("bounds", "slugs", "silent"), FOUND_BY_BOUND)
def test_bounds_leave_out_what_is_silent_and_count_it(place, bounds, slugs, silent):
    publish_bounded(place)
    place.drain()
    check_bounds(place, bounds, slugs, silent)


def test_facets_count_what_the_bounds_let_through(place):
    publish_bounded(place)
    place.drain()
    narrowed = {"amount_min": 100_000, "kind": "funding", "facets": ["kind", "status"]}
    facets = place.search(**narrowed)["facets"]
    assert facets["kind"] == [{"value": "funding", "count": 2}]
    assert facets["status"] == [{"value": "closed", "count": 2}]


def test_a_deadline_that_has_passed_is_no_longer_found(place):
    publish_bounded(place)
    place.drain()
    place.clock.advance(days=30)
    place.index()
    assert place.found(deadline_before="2026-12-31") == []
    assert place.found(deadline_after="2026-12-01") == ["permanente"]


def test_a_cursor_is_tied_to_the_bounds(place):
    publish_bounded(place)
    place.drain()
    bounds = {"published_since": "2026-11-24", "limit": 1}
    cursor = place.search(**bounds)["next"]
    assert place.search(**bounds, cursor=cursor)["items"][0]["slug"] == "demain"
    other = {**bounds, "published_since": "2026-11-23", "cursor": cursor}
    answer = place.client.get("/v1/offers", params=other)
    assert answer.status_code == 400
    assert "cursor" in answer.json()["type"]


def test_the_memory_of_a_card_that_may_be_divided_is_unknown(place):
    place.publish("amd", "compute", details=gpu("MI300X", vendor="amd", memory_gb=192))
    place.drain()
    assert place.found(gpu_memory_min=1) == []


def test_each_facet_is_counted_without_its_own_filter(place):
    place.publish("aa", sectors=["health"])
    place.publish("bb", sectors=["any"])
    place.publish("cc", "training", sectors=["health", "energy"])
    place.drain()
    facets = place.search(kind="funding", facets=["kind", "sector", "status"])["facets"]
    assert facets == {
        "kind": [{"value": "funding", "count": 2}, {"value": "training", "count": 1}],
        "sector": [{"value": "health", "count": 2}, {"value": "any", "count": 1}],
        "status": [{"value": "unknown", "count": 2}],
    }


def test_a_facet_s_count_is_what_choosing_the_value_finds(place):
    place.publish("aa", sectors=["health"], stages=["seed"])
    place.publish("bb", sectors=["any"], stages=["seed", "any"])
    place.publish("cc", "training", sectors=["energy"])
    place.drain()
    for name in ("kind", "sector", "stage", "status", "provider", "price_basis"):
        for entry in place.search(facets=name)["facets"][name]:
            chosen = place.search(**{name: entry["value"]}, count="true")
            assert chosen["count"] == entry["count"], (name, entry)


def closing(day):
    return {"shape": "window", "window": {"closes": {"on": day}}}


def test_lists_are_ordered_by_title_without_accents_by_deadline_and_by_change(place):
    place.publish("zz", title=both("Énergie"), intake=closing("2026-12-20"))
    place.clock.advance(hours=1)
    place.publish("yy", title=both("robot"), intake=closing("2026-12-01"))
    place.clock.advance(hours=1)
    place.publish("xx", title=both("Zéro"), intake={"shape": "permanent"})
    place.drain()
    assert place.found() == ["zz", "yy", "xx"]
    assert place.found(sort="title") == ["zz", "yy", "xx"]
    assert place.found(sort="deadline") == ["yy", "zz", "xx"]
    assert place.found(sort="-updated_at") == ["xx", "yy", "zz"]


def test_pages_follow_each_other_forward_and_back(place):
    for number in range(5):
        place.publish(f"offre-{number}")
    place.drain()
    first = place.search(limit=2)
    second = place.search(limit=2, cursor=first["next"])
    third = place.search(limit=2, cursor=second["next"])
    slugs = [item["slug"] for page in (first, second, third) for item in page["items"]]
    assert slugs == [f"offre-{number}" for number in range(5)]
    assert third["next"] is None
    assert first["prev"] is None
    assert place.search(limit=2, cursor=third["prev"])["items"] == second["items"]


def test_an_edited_offer_is_found_with_its_new_text_only(place):
    offer = place.publish("bourse", title=both("ancien"))
    place.drain()
    place.revise(offer, content("bourse", title=both("nouveau")))
    place.drain()
    assert place.found(q="nouveau") == ["bourse"]
    assert place.found(q="ancien") == []


def test_a_withdrawn_offer_is_gone_and_comes_back_when_published_again(place):
    offer = place.publish("bourse")
    place.drain()
    place.archive(offer)
    place.drain()
    assert place.found() == []
    place.catalog.reviews.commands.reinstate(target(offer))
    place.drain()
    assert place.found() == ["bourse"]


def test_the_status_follows_the_clock_without_any_change(place):
    place.publish("bourse", intake=closing("2026-11-30"))
    place.drain()
    assert place.found(status="open") == ["bourse"]
    place.clock.advance(days=7)
    assert place.search()["items"][0]["intake_status"] == "closed"
    assert place.index() == 1
    assert place.found(status="open") == []
    assert place.found(status="closed") == ["bourse"]
    assert place.index() == 0


def test_a_rebuild_switches_without_a_gap_and_the_worker_follows(place):
    place.publish("avant")
    place.drain()
    assert place.catalog.indexing.maintenance.rebuild() == 1
    assert place.found() == ["avant"]
    place.publish("apres")
    place.drain()
    assert place.found() == ["apres", "avant"]


def test_a_rebuild_leaves_nothing_of_the_index_before_it(place):
    for _ in range(3):
        place.catalog.indexing.maintenance.rebuild()
    settings = place.settings
    if settings.search.opensearch_url:
        client = writing_client(OpenSearchServer(url=settings.search.opensearch_url))
        assert len(client.indices.get(index=f"{settings.search.opensearch_index}-*")) == 1
        client.close()
    else:
        assert len(list(settings.search.index_dir.glob("index-*"))) == 1


def test_searches_go_on_while_the_index_is_built_anew(place):
    for number in range(5):
        place.publish(f"offre-{number}")
    place.drain()
    with place.catalog.search.engine.fresh() as fresh:
        assert len(place.found()) == 5
        fresh.switch()
        assert place.search()["items"] == []


def test_a_rebuild_that_fails_leaves_the_index_in_use(place):
    place.publish("bourse")
    place.drain()
    with pytest.raises(ZeroDivisionError), place.catalog.search.engine.fresh():
        raise ZeroDivisionError
    assert place.found() == ["bourse"]


def test_a_rebuild_that_fails_where_the_index_is_lost_says_its_own_fault(place):
    lose_index(place)
    with pytest.raises(ZeroDivisionError), place.catalog.search.engine.fresh():
        raise ZeroDivisionError
    with pytest.raises(SearchIndexUnavailableError):
        place.catalog.search.engine.count()


def test_a_lost_index_is_built_again_from_the_database(place):
    place.publish("bourse")
    place.drain()
    lose_index(place)
    with pytest.raises(SearchIndexUnavailableError):
        place.catalog.search.engine.count()
    place.catalog.indexing.maintenance.rebuild()
    assert place.search()["degraded"] is False
    assert place.found() == ["bourse"]


def test_a_worker_builds_an_index_that_was_lost_while_it_worked(place):
    place.publish("bourse")
    place.drain()
    lose_index(place)
    place.publish("autre")
    place.relay()
    with pytest.raises(SearchIndexUnavailableError):
        place.index()
    place.index()
    assert place.search()["degraded"] is False
    assert place.found() == ["autre", "bourse"]


def test_the_same_event_again_changes_nothing(place):
    offer = place.publish("bourse")
    place.drain()
    place.clock.advance(seconds=1)
    place.revise(offer, content("bourse", keywords=["aide"]))
    place.revise(offer, content("bourse", keywords=["prêt"]))
    place.drain()
    assert place.catalog.search.engine.count() == 1
    assert place.clock() - offer.updated_at == timedelta(seconds=1)


def test_an_entry_goes_in_and_out_and_in_again_and_once_more_changes_nothing(place):
    offer = place.publish("bourse")
    with place.catalog.base.open() as uow:
        rendered = uow.documents.of([offer.id])[0]
    entry, writer = entry_of(rendered, place.clock()), place.catalog.search.engine.writer
    for _ in range(2):
        writer.apply([entry], {})
        assert place.catalog.search.engine.count() == 1
    for _ in range(2):
        writer.apply([], {offer.id: offer.version})
        assert place.catalog.search.engine.count() == 0
    writer.apply([], {})
