"""Why an offer was found: its texts with the matching words marked, on every engine."""

import shutil

import pytest


@pytest.fixture(params=["tantivy", pytest.param("opensearch", marks=pytest.mark.engines)])
def search_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


def highlight(place, words, **more):
    items = place.search(q=words, highlight="true", **more)["items"]
    return items[0]["highlight"]


@pytest.fixture
def texts(place):
    place.publish(
        "formation-gpu",
        "training",
        title={"fr": "Formation à l'entraînement <GPU>", "en": "Training models at scale"},
        summary={"fr": "Pour les start-up & les « PME »", "en": "For founders"},
        description={
            "fr": f"{'avant ' * 40}un hôpital, deux hôpitaux{' après' * 60}",
            "en": "Nothing here",
        },
    )
    place.drain()
    return place


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        (
            "ENTRAINEMENTS gpu",
            {
                "title": {
                    "fr": "Formation à l&#x27;<mark>entraînement</mark> &lt;<mark>GPU</mark>&gt;"
                }
            },
        ),
        ("trained", {"title": {"en": "<mark>Training</mark> models at scale"}}),
        ("startup", {"summary": {"fr": "Pour les <mark>start-up</mark> &amp; les « PME »"}}),
        ("start up", {"summary": {"fr": "Pour les <mark>start-up</mark> &amp; les « PME »"}}),
        ("founder", {"summary": {"en": "For <mark>founders</mark>"}}),
    ],
)
def test_the_words_that_matched_are_marked_and_all_else_is_escaped(texts, words, marks):
    assert highlight(texts, words) == marks


def test_of_a_long_text_the_part_around_the_first_match_is_shown(texts):
    fragment = highlight(texts, "hôpitaux")["description"]["fr"]
    assert "un <mark>hôpital</mark>, deux <mark>hôpitaux</mark> après" in fragment
    assert fragment.startswith("… avant")
    assert fragment.endswith("après …")
    assert len(fragment) < 300


def test_a_word_a_letter_away_is_marked_where_it_was_taken(texts):
    title = highlight(texts, "entrainemnt")["title"]["fr"]
    assert "<mark>entraînement</mark>" in title


def test_only_who_asks_gets_marks_and_without_words_there_are_none(texts):
    assert "highlight" not in texts.search(q="gpu")["items"][0]
    assert texts.search(highlight="true")["items"][0]["highlight"] == {}


def test_the_search_as_json_marks_too(texts):
    body = {"q": "founder", "highlight": True}
    answer = texts.client.post("/v1/offers/search", json=body).json()
    assert answer["items"][0]["highlight"] == {"summary": {"en": "For <mark>founders</mark>"}}


def test_the_database_alone_marks_too(texts):
    shutil.rmtree(texts.settings.search.index_dir, ignore_errors=True)
    answer = texts.search(q="formation", highlight="true")
    assert "<mark>Formation</mark>" in answer["items"][0]["highlight"]["title"]["fr"]


def test_without_the_database_titles_and_summaries_are_still_marked(texts):
    if "sqlite" in texts.settings.database_url:
        shutil.move(
            texts.settings.catalog.data_dir / "catalog.db",
            texts.settings.catalog.data_dir / "away.db",
        )
    assert set(highlight(texts, "formation hôpital")) == {"title"}
