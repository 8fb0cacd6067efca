"""Curators keep the words of the lists whose codes the software depends on."""

import pytest
from sqlalchemy import select
from tests.catalog.support import CURATOR, PARTNER, offer_json
from tests.catalog.vocabularies.test_editing import post, published, write

from aiff_catalog.imports.application.commands import Upload
from aiff_catalog.imports.domain.imports import Counts
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.tables import outbox, vocabulary_edition
from aiff_catalog.vocabularies.domain.labels import first_words
from aiff_catalog.vocabularies.domain.rules import require_sound
from aiff_catalog.vocabularies.domain.spellings import spellings_of, with_codes
from aiff_catalog.vocabularies.domain.vocabulary import WORD_LISTS
from aiff_catalog.vocabularies.entrypoints.http.services import VocabularyServices
from aiff_contracts.codec import dump_json, parse_json
from aiff_contracts.vocabulary import VocabularyEntry

SECTORS = "/v1/vocabularies/sectors"
GENCI = Authorship(author="partner-1", limited_to="genci")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def database_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


def entries(place, address=SECTORS):
    return place.client.get(address).json()["entries"]


def with_entry(place, code, address=SECTORS, **changes):
    """Return the entries with one changed."""
    return [{**one, **(changes if one["code"] == code else {})} for one in entries(place, address)]


def renamed(place):
    label = {"fr": "santé et soin", "en": "health and care"}
    return with_entry(place, "health", label=label, aliases=["medtech"])


def shown(place, name="sectors"):
    listed = place.client.get("/v1/vocabularies").json()[name]
    return {one["code"]: one for one in listed}


def imported(place, **changes):
    item = dump_json({"external_id": "A-1", "offer": offer_json("un", "training", **changes)})
    told = Upload(partner="genci", format="ndjson")
    job = place.catalog.imports.commands.upload(told, item, GENCI)
    while place.catalog.imports.job.step():
        pass
    return place.catalog.imports.commands.get(job.id, GENCI).foreseen


@pytest.mark.parametrize("name", WORD_LISTS)
def test_each_list_begins_with_an_edition_that_could_be_published_again(place, name):
    first = first_words(name)
    require_sound(name, first, first)
    read = place.client.get(f"/v1/vocabularies/{name}").json()
    assert (read["edition"], len(read["entries"])) == (1, len(first))
    assert [one["code"] for one in place.client.get("/v1/vocabularies").json()[name]] == [
        one.code for one in first
    ]


def test_new_words_are_everybody_s_once_a_second_curator_publishes_them(place):
    assert write(place, renamed(place), SECTORS).status_code == 200
    assert shown(place)["health"]["label"]["fr"] == "santé"
    own = post(place, f"{SECTORS}/publish", by=CURATOR)
    assert (own.status_code, own.json()["type"]) == (403, "/problems/own-text")
    assert post(place, f"{SECTORS}/publish").json()["edition"] == 2
    place.client.app.state.services[VocabularyServices].words._until = 0.0
    assert shown(place)["health"]["label"] == {"fr": "santé et soin", "en": "health and care"}
    assert shown(place)["energy"]["label"]["fr"] == "énergie"


def test_a_code_is_neither_added_nor_left_out(place):
    added = [*entries(place), {**entries(place)[0], "code": "unicorns", "aliases": []}]
    answer = write(place, added, SECTORS)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "unknown")
    left_out = [one for one in entries(place) if one["code"] != "health"]
    answer = write(place, left_out, SECTORS)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "missing")
    assert "health" in answer.json()["errors"][0]["detail"]


def test_only_curators_change_words(place):
    assert write(place, renamed(place), SECTORS, by=PARTNER).status_code == 403
    body = {"entries": entries(place)}
    assert place.client.put(f"{SECTORS}/draft", json=body).status_code == 401


def test_a_preview_says_which_offers_use_what_changes_and_which_searches_find_more(place):
    place.publish("hopital", "training", sectors=["health"])
    place.publish("autre", "training", sectors=["energy"])
    place.drain()
    body = {"entries": renamed(place), "searches": ["medtech"]}
    answer = place.client.post(f"{SECTORS}/preview", json=body, headers=place.as_(CURATOR))
    assert answer.status_code == 200, answer.text
    assert answer.json()["used"] == [{"code": "health", "offers": 1, "slugs": ["hopital"]}]
    assert answer.json()["lost"] == []


@pytest.mark.parametrize(
    ("name", "code", "changes"),
    [
        ("certifications", "HDS", {}),
        ("kinds", "compute", {}),
        ("territories", "REG-11", {"territories": ["REG-11"]}),
    ],
)
def test_the_offers_behind_each_list_are_counted(place, name, code, changes):
    details = {"sovereignty": {"certifications": [{"scheme": "HDS", "state": "held"}]}}
    place.publish("nuage", "compute", details=details, **changes)
    address = f"/v1/vocabularies/{name}"
    body = {"entries": with_entry(place, code, address, aliases=["autrement dit"])}
    answer = place.client.post(f"{address}/preview", json=body, headers=place.as_(CURATOR))
    assert answer.status_code == 200, answer.text
    assert answer.json()["used"] == [{"code": code, "offers": 1, "slugs": ["nuage"]}]


def test_a_spelling_that_curators_gave_finds_what_has_the_word(place):
    place.publish("hopital", "training", summary={"fr": "Pour la santé.", "en": "For health."})
    place.drain()
    assert place.found(q="medtech") == []
    published(place, with_entry(place, "health", aliases=["medtech"]), SECTORS)
    place.catalog.search.synonyms._until = 0.0
    assert place.found(q="medtech") == ["hopital"]


def test_a_partner_s_file_may_say_the_words_instead_of_the_codes(place):
    words = {"sectors": ["Santé", "energy"], "audience": ["PME"], "territories": ["FR-IDF"]}
    assert imported(place, **words) == Counts(created=1)
    assert imported(place, sectors=["medtech"]) == Counts(refused=1)
    published(place, with_entry(place, "health", aliases=["medtech"]), SECTORS)
    assert imported(place, sectors=["medtech"]) == Counts(created=1)


def test_a_word_of_two_codes_is_never_read_as_one_of_them():
    one, other = first_words("sectors")[:2]
    both = [one, type(other)(code=other.code, label=one.label, source=other.source)]
    assert spellings_of("sectors", both) == {one.code: one.code, other.code: other.code}
    offer = {"sectors": [one.label.fr, one.code, 7], "details": {"kind": "formation"}}
    kinds = spellings_of("kinds", first_words("kinds"))
    read = with_codes(offer, {"sectors": spellings_of("sectors", both), "kinds": kinds})
    assert read == {"sectors": [one.label.fr, one.code, 7], "details": {"kind": "training"}}


def test_words_of_the_lists_are_told_to_no_other_service(place):
    published(place, renamed(place), SECTORS)
    with place.catalog.base.engine.connect() as connection:
        assert connection.execute(outbox.select()).all() == []


def test_codes_of_a_later_release_are_there_beside_the_curators_words(place):
    assert write(place, renamed(place), SECTORS).status_code == 200
    assert post(place, f"{SECTORS}/publish").json()["edition"] == 2
    table = vocabulary_edition
    with place.catalog.base.engine.begin() as connection:
        stored = parse_json(
            tuple[VocabularyEntry, ...],
            connection.execute(select(table.c.entries).where(table.c.number == 2)).scalar_one(),
        )
        older = dump_json(tuple(one for one in stored if one.code != "energy"))
        connection.execute(table.update().where(table.c.number == 2).values(entries=older))
    held = {one["code"]: one["label"]["fr"] for one in entries(place)}
    assert (held["energy"], held["health"]) == ("énergie", "santé et soin")
    again = with_entry(place, "energy", label={"fr": "énergies", "en": "energy"})
    assert write(place, again, SECTORS).status_code == 200
    assert post(place, f"{SECTORS}/restore", edition=2).status_code == 200
