"""Errors that readers report, on every family: received, seen by curators, resolved, forgotten.

What they would try: send the form twice, report what is not there, flood one offer, leave a mail
address; and two curators who resolve the same report.
"""

import pytest
from sqlalchemy import select
from tests.catalog.support import (
    BY_CURATOR,
    CURATOR,
    PARTNER,
    SECOND,
    both,
    on_both_families,
    target,
)

from aiff_catalog.shared.tables import error_report

pytestmark = on_both_families
TOLD = {"subject": "deadline", "message": "La date limite est passée au 12 janvier."}


def report(place, slug="bourse", status=202, **more):
    answer = place.client.post(f"/v1/offers/{slug}/reports", json={**TOLD, **more})
    assert answer.status_code == status, answer.text
    assert "no-store" in answer.headers["Cache-Control"] or status != 202
    return answer.json()


def listed(place, by=CURATOR, **parameters):
    answer = place.client.get("/v1/reports", params=parameters, headers=place.as_(by))
    assert answer.status_code == 200, answer.text
    return answer.json()


def resolve(place, report_id, by=CURATOR, outcome="corrected", reason="La date est corrigée."):
    return place.client.post(
        f"/v1/reports/{report_id}/resolve",
        json={"outcome": outcome, "reason": reason},
        headers=place.as_(by),
    )


def checks(place, slug="bourse"):
    found = place.catalog.quality.work_list.of(slug, BY_CURATOR)
    return {(one.check, one.pointer) for one in found.findings if one.check == "reported_error"}


def stored(place):
    with place.catalog.base.engine.connect() as connection:
        return connection.execute(select(error_report)).all()


def test_a_report_reaches_the_work_list_and_leaves_it_when_it_is_resolved(place):
    offer = place.publish()
    made = report(place, pointer="/title/fr", contact="ada@example.org")
    (shown,) = listed(place)["items"]
    assert shown["id"] == made["id"]
    assert shown["offer"] == {
        "id": str(offer.id),
        "slug": "bourse",
        "title": both("bourse"),
        "state": "published",
        "version": offer.version,
    }
    assert (shown["version"], shown["contact"]) == (offer.version, "ada@example.org")
    assert (shown["pointer"], shown["resolution"]) == ("/title/fr", None)
    assert checks(place) == {("reported_error", "/title/fr")}
    work = place.client.get(
        "/v1/quality", params={"check": "reported_error"}, headers=place.as_(CURATOR)
    )
    assert [one["slug"] for one in work.json()["items"]] == ["bourse"]
    assert resolve(place, made["id"]).status_code == 204
    assert checks(place) == set()
    assert listed(place)["items"] == []
    (ended,) = listed(place, state="resolved")["items"]
    assert ended["contact"] is None
    assert ended["resolution"]["by"] == CURATOR.subject
    assert ended["resolution"]["outcome"] == "corrected"
    assert ended["resolution"]["reason"] == "La date est corrigée."


def test_the_same_words_are_one_report_until_it_is_resolved(place):
    place.publish()
    first = report(place)
    again = report(place, message=f"  {TOLD['message'].replace(' ', '   ')} ")
    assert again == first
    other = report(place, subject="other")
    assert other["id"] != first["id"]
    assert resolve(place, first["id"]).status_code == 204
    assert report(place)["id"] not in {first["id"], other["id"]}
    assert len(listed(place)["items"]) == 2


def test_only_what_readers_see_can_be_reported(place):
    drafted = place.publish("brouillon")
    place.archive(drafted)
    hidden = place.publish("suspendue")
    place.catalog.reviews.commands.hide(target(hidden), "suspend", "à vérifier")
    for slug in ("brouillon", "suspendue", "inconnue", str(hidden.id)):
        assert report(place, slug, status=404)["type"].endswith("/not-found")
    assert stored(place) == []


def test_an_address_of_a_merged_offer_reports_the_one_that_stays(place):
    gone, kept = place.publish("une"), place.publish("deux")
    place.catalog.quality.merging.merge(target(gone), "deux", "la même offre")
    report(place, "une")
    report(place, str(gone.id), subject="other")
    assert {one["offer"]["slug"] for one in listed(place)["items"]} == {"deux"}
    assert {one.offer_id for one in stored(place)} == {kept.id}


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"message": "court"}, "/message"),
        ({"message": " " * 20}, "/message"),
        ({"message": "x" * 2001}, "/message"),
        ({"subject": "autre"}, "/subject"),
        ({"contact": "ada"}, "/contact"),
        ({"contact": "a@b.c\nBcc: x@y.z"}, "/contact"),
        ({"contact": f"{'a' * 250}@b.org"}, "/contact"),
        ({"pointer": "title"}, "/pointer"),
        ({"pointer": "/nulle/part"}, "/pointer"),
        ({"pointer": "/sources/7"}, "/pointer"),
        ({"pointer": "/sources/x"}, "/pointer"),
        ({"pointer": "/title/fr/0"}, "/pointer"),
        ({"more": 1}, "/more"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(place, wrong, pointer):
    place.publish()
    refused = report(place, status=422, **wrong)
    assert [one["pointer"] for one in refused["errors"]] == [pointer]
    assert stored(place) == []


def test_a_flood_on_one_offer_ends_and_others_can_still_be_reported(place):
    place.publish()
    place.publish("autre")
    for number in range(100):
        report(place, message=f"La date limite est fausse, {number}.")
    assert "reports" in report(place, message="encore une erreur", status=409)["detail"]
    assert len(stored(place)) == 100
    # What is open already is no new one.
    report(place, message="La date limite est fausse, 7.")
    report(place, "autre")


def test_curators_alone_read_and_resolve(place):
    place.publish()
    made = report(place)
    for headers in ({}, place.as_(PARTNER)):
        answer = place.client.get("/v1/reports", headers=headers)
        assert answer.status_code in {401, 403}
        ended = place.client.post(
            f"/v1/reports/{made['id']}/resolve",
            json={"outcome": "correct", "reason": "non"},
            headers=headers,
        )
        assert ended.status_code in {401, 403}
    assert len(listed(place)["items"]) == 1


def test_the_second_who_resolves_is_told_who_was_first(place):
    place.publish()
    made = report(place)
    assert resolve(place, made["id"]).status_code == 204
    late = resolve(place, made["id"], by=SECOND, outcome="correct", reason="la date est juste")
    assert late.status_code == 409
    assert CURATOR.subject in late.json()["detail"]
    (ended,) = listed(place, state="resolved")["items"]
    assert ended["resolution"]["outcome"] == "corrected"
    assert resolve(place, "01890a5d-ac96-774b-bcce-b302099a8057").status_code == 404


def test_pages_show_each_report_once_the_longest_open_first(place):
    place.publish()
    made = []
    for number in range(7):
        made.append(report(place, message=f"La date limite est fausse, {number}.")["id"])
        place.clock.advance(seconds=0 if number % 2 else 60)
    seen, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = listed(place, limit=2, offer="bourse", **more)
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == made
    assert listed(place, offer="autre")["items"] == []
    for number, one in enumerate(made):
        place.clock.advance(seconds=number)
        assert resolve(place, one).status_code == 204
    latest = listed(place, state="resolved", limit=100)["items"]
    instants = [one["resolution"]["at"] for one in latest]
    assert instants == sorted(instants, reverse=True)


def test_contacts_are_forgotten_after_half_a_year_and_resolved_reports_after_one(place):
    place.publish()
    report(place, contact="ada@example.org")
    ended = report(place, subject="other")
    assert resolve(place, ended["id"]).status_code == 204
    job = place.catalog.quality.report_job
    assert job.step() == 0
    place.clock.advance(days=181)
    assert job.step() == 1
    assert {one.contact for one in stored(place)} == {None}
    assert len(stored(place)) == 2
    place.clock.advance(days=185)
    assert job.step() == 1
    assert [one["subject"] for one in listed(place)["items"]] == ["deadline"]
