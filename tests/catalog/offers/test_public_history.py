"""What everybody may know of an offer's history: days and names of fields."""

from datetime import UTC, datetime

import pytest
from tests.catalog.support import BY_CURATOR, content, target

from aiff_catalog.offers.domain.revision import Change, Publication, Revision, publication_of
from aiff_kit.ids import new_id

AT = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ((), ()),
        (("/title/fr", "/title/en"), ("/title/fr", "/title/en")),
        (
            ("/sources/0/label", "/sources/3/url", "/details/gpu/count"),
            ("/sources", "/details/gpu/count"),
        ),
    ],
)
def test_a_list_is_one_field_and_each_field_is_named_once(changed, fields):
    changes = tuple(Change(pointer, "secret", None) for pointer in changed)
    revision = Revision(
        offer_id=new_id(),
        number=4,
        action="published",
        author="personne",
        at=AT,
        reason="tu",
        changes=changes,
    )
    assert publication_of(revision) == Publication(AT, fields)


def history(place, reference="bourse", **parameters):
    return place.client.get(f"/v1/offers/{reference}/history", params=parameters)


def test_everybody_reads_what_changed_but_no_value_draft_or_author(place):
    offer = place.publish("bourse")
    place.clock.advance(days=1)
    place.revise(offer, content("bourse", keywords=["aide"], summary={"fr": "Neuf", "en": "New"}))
    place.catalog.offers.commands.revise(target(offer), content("bourse", keywords=["brouillon"]))
    answer = history(place)
    assert answer.status_code == 200
    newest, first = answer.json()["items"]
    pointers = [one["pointer"] for one in newest["fields"]]
    assert pointers == ["/summary/fr", "/summary/en", "/keywords"]
    assert newest["fields"][2]["label"] == {"fr": "mots-clés", "en": "keywords"}
    assert first["fields"] == []
    assert first["at"] < newest["at"]
    assert "aide" not in answer.text
    assert BY_CURATOR.author not in answer.text
    assert answer.headers["cache-control"].startswith("public")
    held = {"If-None-Match": answer.headers["etag"]}
    assert place.client.get("/v1/offers/bourse/history", headers=held).status_code == 304
    assert history(place, limit=1).json()["items"] == [newest]


def test_the_history_follows_what_the_public_sees(place):
    offer = place.publish("bourse")
    place.revise(offer, content("bourse-bis"))
    assert history(place).headers["location"] == "/v1/offers/bourse-bis/history"
    place.catalog.offers.commands.create(content("ebauche"), BY_CURATOR)
    assert history(place, "ebauche").status_code == 404
    assert history(place, "bourse-bis", limit=0).status_code == 400
    place.archive(offer)
    assert history(place, "bourse-bis").status_code == 410
