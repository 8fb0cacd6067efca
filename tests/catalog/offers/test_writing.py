import pytest
from sqlalchemy import func, select
from tests.catalog.support import CURATOR, PARTNER, SECOND, both, offer_json, organisation_json

from aiff_catalog.shared.tables import offer as offer_table
from aiff_kit.auth import Principal, Scope
from aiff_kit.http import IdempotencyStore

PATHS = [
    ("POST", "/v1/offers", offer_json()),
    ("PUT", "/v1/offers/bourse", offer_json()),
    ("PATCH", "/v1/offers/bourse", {"keywords": ["aide"]}),
    ("POST", "/v1/offers/bourse/publish", None),
    ("POST", "/v1/offers/bourse/submit", None),
    ("POST", "/v1/offers/bourse/recall", None),
    ("POST", "/v1/offers/bourse/discard", None),
    ("POST", "/v1/offers/bourse/restore", {"number": 1}),
    ("POST", "/v1/offers/bourse/archive", {"reason": "terminé"}),
    ("POST", "/v1/offers/bourse/suspend", {"reason": "terminé"}),
    ("POST", "/v1/offers/bourse/reinstate", None),
    ("GET", "/v1/offers/bourse/working-copy", None),
    ("GET", "/v1/listings", None),
    ("GET", "/v1/reviews", None),
    ("GET", "/v1/reviews/bourse", None),
    ("POST", "/v1/reviews/bourse/claim", None),
    ("POST", "/v1/reviews/bourse/assign", {"reviewer": "curator-2"}),
    ("POST", "/v1/reviews/bourse/release", None),
    ("POST", "/v1/reviews/bourse/request-changes", {"comments": [{"text": "non"}]}),
    ("POST", "/v1/reviews/bourse/reject", {"reason": "hors sujet"}),
    ("POST", "/v1/reviews/bourse/approve", {}),
    ("POST", "/v1/reviews/bourse/unschedule", None),
    ("PUT", "/v1/organisations/genci", organisation_json("genci")),
]
READER = Principal("reader", "genci", frozenset((Scope.OFFERS_HISTORY,)))


@pytest.mark.parametrize(("method", "path", "body"), PATHS)
def test_nobody_writes_without_signing_in_and_without_the_scope(place, method, path, body):
    place.publish("bourse")
    anonymous = place.client.request(method, path, json=body)
    assert anonymous.status_code == 401
    assert anonymous.headers["www-authenticate"] == "Bearer"
    reader = place.client.request(method, path, json=body, headers=place.as_(READER))
    assert reader.status_code == 403


def create(place, body=None, principal=CURATOR, **headers):
    return place.client.post(
        "/v1/offers", json=body or offer_json(), headers=place.as_(principal, **headers)
    )


def test_an_offer_is_drafted_published_revised_and_archived(place):
    created = create(place)
    assert (created.status_code, created.headers["etag"]) == (201, '"1"')
    assert created.headers["location"] == "/v1/offers/bourse"
    assert created.json()["state"] == "draft"
    place.drain()
    assert place.found() == []
    headers = place.as_(SECOND, If_Match='"1"')
    published = place.client.post("/v1/offers/bourse/publish", headers=headers)
    assert (published.status_code, published.headers["etag"]) == (200, '"2"')
    etag = place.client.get("/v1/offers/bourse").headers["etag"]
    revised = place.client.put(
        "/v1/offers/bourse",
        json=offer_json(title=both("Bourse")),
        headers=place.as_(CURATOR, If_Match=etag, X_Change_Reason="titre corrigé".encode()),
    )
    assert (revised.status_code, revised.json()["version"]) == (200, 3)
    assert revised.json()["pending"]["state"] == "draft"
    assert place.client.get("/v1/offers/bourse").json()["title"] == both("bourse")
    archived = place.client.post(
        "/v1/offers/bourse/archive", json={"reason": "terminé"}, headers=place.as_(CURATOR)
    )
    assert archived.json()["withdrawal_reason"] == "terminé"
    history = place.client.get("/v1/offers/bourse/revisions", headers=place.as_(CURATOR)).json()
    assert [(one["action"], one["reason"], one["author"]) for one in history["items"]] == [
        ("archived", "terminé", "curator-1"),
        ("revised", "titre corrigé", "curator-1"),
        ("published", None, "curator-2"),
        ("drafted", None, "curator-1"),
    ]


def test_the_same_request_again_gives_the_same_answer_and_one_offer(place):
    first = create(place, Idempotency_Key="cle-1")
    again = create(place, Idempotency_Key="cle-1")
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    with place.catalog.base.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(offer_table)).scalar() == 1


def test_a_creation_whose_answer_could_not_be_kept_left_nothing_and_is_repeated(place, monkeypatch):
    def unable(*_):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(IdempotencyStore, "_keep", unable)
        with pytest.raises(RuntimeError):
            create(place, Idempotency_Key="cle-1")
    # The slug is free: the draft went with the answer.
    assert create(place, Idempotency_Key="cle-1").status_code == 201


def test_a_key_used_again_for_another_body_is_422(place):
    create(place, Idempotency_Key="cle-1")
    other = create(place, offer_json("autre"), Idempotency_Key="cle-1")
    assert other.json()["type"] == "/problems/idempotency-key-reused"


def test_a_refused_request_does_not_use_up_its_key(place):
    bad = offer_json(organisations=[{"organisation": "personne", "role": "provider"}])
    assert create(place, bad, Idempotency_Key="cle-1").status_code == 422
    assert create(place, Idempotency_Key="cle-1").status_code == 201


def test_a_change_names_the_version_that_it_was_made_against(place):
    place.publish("bourse")
    for method, body in (("PUT", offer_json()), ("PATCH", {"keywords": ["aide"]})):
        absent = place.client.request(
            method, "/v1/offers/bourse", json=body, headers=place.as_(CURATOR)
        )
        assert absent.status_code == 428
        for stale in ('"1"', '"1-open"', '"other"', "2"):
            headers = place.as_(CURATOR, If_Match=stale)
            answer = place.client.request(method, "/v1/offers/bourse", json=body, headers=headers)
            assert answer.status_code == 412, stale
    assert place.client.get("/v1/offers/bourse").json()["version"] == 2


def test_a_merge_patch_changes_what_it_names_and_null_takes_away(place):
    place.publish("bourse", languages=["fr"], territories=["FR"])
    answer = place.client.patch(
        "/v1/offers/bourse",
        content=b'{"languages": null, "title": {"en": "Grant"}}',
        headers=place.as_(
            CURATOR, If_Match='"2-unknown"', Content_Type="application/merge-patch+json"
        ),
    )
    body = answer.json()
    assert answer.status_code == 200
    assert body["languages"] is None
    assert body["title"] == {"fr": "bourse", "en": "Grant"}
    assert body["territories"] == ["FR"]


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"id": "x", "state": "published", "version": 9}, {"/id", "/state", "/version"}),
        ({"title": {"fr": "seul", "en": ""}}, {"/title/en"}),
        ({"title": both("a\u202eb")}, {"/title"}),
        ({"details": {"kind": "funding", "components": []}}, {"/details/components"}),
        ({"territories": ["ATLANTIS"], "slug": "bourse"}, {""}),
        (
            {"url": "javascript:alert(1)", "organisations": []},
            {"/organisations"},
        ),
        (
            {"intake": {"shape": "window", "window": {"closes": {"on": "9999-12-31"}}}},
            {"/intake/window/closes/on"},
        ),
    ],
)
def test_faulty_content_is_422_with_every_place_and_changes_nothing(place, changes, pointers):
    body = {**offer_json(), **changes}
    answer = create(place, body)
    assert answer.status_code == 422
    assert pointers <= {error["pointer"] for error in answer.json()["errors"]}
    place.publish("bourse")
    headers = place.as_(CURATOR, If_Match='"2"')
    assert place.client.patch("/v1/offers/bourse", json=changes, headers=headers).status_code == 422
    assert place.client.get("/v1/offers/bourse").json()["version"] == 2


def test_a_body_of_another_type_is_415_and_one_that_is_no_object_422(place):
    place.publish("bourse")
    headers = place.as_(CURATOR, If_Match='"2"', Content_Type="text/plain")
    assert place.client.put("/v1/offers/bourse", content=b"{}", headers=headers).status_code == 415
    headers = place.as_(CURATOR, If_Match='"2"')
    assert place.client.patch("/v1/offers/bourse", json=[1], headers=headers).status_code == 422


def test_a_slug_of_another_offer_is_a_conflict(place):
    place.publish("bourse")
    answer = create(place)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/slug-taken")


def test_a_transition_that_the_state_forbids_is_a_conflict(place):
    place.publish("bourse")
    create(place, offer_json("brouillon"))
    again = place.client.post("/v1/offers/bourse/publish", headers=place.as_(SECOND))
    early = place.client.post(
        "/v1/offers/brouillon/suspend", json={"reason": "non"}, headers=place.as_(CURATOR)
    )
    assert (again.status_code, early.status_code) == (409, 409)
    assert early.json()["type"] == "/problems/illegal-transition"


@pytest.mark.parametrize("reason", ["", "  ", "ab", "x" * 501])
def test_a_withdrawal_needs_a_reason_that_says_something(place, reason):
    place.publish("bourse")
    answer = place.client.post(
        "/v1/offers/bourse/archive", json={"reason": reason}, headers=place.as_(CURATOR)
    )
    assert answer.json()["errors"][0]["pointer"] == "/reason"


def test_a_partner_writes_only_what_their_organisation_provides(place):
    theirs = [{"organisation": "inria", "role": "provider"}]
    assert create(place, principal=PARTNER).status_code == 201
    refused = create(place, offer_json("autre", organisations=theirs), PARTNER)
    assert refused.json()["errors"][0]["pointer"] == "/organisations"
    other = place.publish("cours", "training", organisations=theirs)
    headers = place.as_(PARTNER, If_Match='"2"')
    for reference in ("cours", str(other.id)):
        answer = place.client.put(
            f"/v1/offers/{reference}", json=offer_json("cours"), headers=headers
        )
        assert answer.status_code == 404
    assert place.client.get("/v1/offers/cours").json()["version"] == 2


def test_a_partner_cannot_give_an_offer_away(place):
    create(place, principal=PARTNER)
    theirs = offer_json(organisations=[{"organisation": "inria", "role": "provider"}])
    answer = place.client.put(
        "/v1/offers/bourse", json=theirs, headers=place.as_(PARTNER, If_Match='"1"')
    )
    assert answer.status_code == 422


def test_a_key_without_an_organisation_and_without_the_right_to_publish_writes_nothing(place):
    nobodys = Principal("key-1", None, frozenset((Scope.OFFERS_WRITE,)))
    assert create(place, principal=nobodys).status_code == 422


def test_a_change_of_slug_keeps_the_old_address(place):
    place.publish("bourse")
    headers = place.as_(CURATOR, If_Match='"2"')
    place.client.patch("/v1/offers/bourse", json={"slug": "aide"}, headers=headers)
    answer = place.client.post("/v1/offers/bourse/publish", headers=place.as_(SECOND))
    assert answer.headers["location"] == "/v1/offers/aide"
    assert place.client.get("/v1/offers/bourse").headers["location"] == "/v1/offers/aide"


def test_organisations_are_listed_read_created_and_replaced(place):
    listed = place.client.get("/v1/organisations", params={"limit": 1})
    assert [one["slug"] for one in listed.json()["items"]] == ["genci"]
    rest = place.client.get("/v1/organisations", params={"cursor": listed.json()["next"]})
    assert [one["slug"] for one in rest.json()["items"]] == ["inria"]
    path, body = "/v1/organisations/cnrs", organisation_json("cnrs")
    assert place.client.get(path).status_code == 404
    absent = place.client.put(path, json=body, headers=place.as_(CURATOR))
    assert absent.status_code == 428
    new = place.as_(CURATOR, If_None_Match="*")
    assert place.client.put(path, json=body, headers=new).status_code == 201
    assert place.client.put(path, json=body, headers=new).status_code == 412
    etag = place.client.get(path).headers["etag"]
    renamed = organisation_json("cnrs", "Centre national de la recherche scientifique")
    changed = place.client.put(path, json=renamed, headers=place.as_(CURATOR, If_Match=etag))
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')


def test_an_organisation_is_put_under_its_own_slug(place):
    answer = place.client.put(
        "/v1/organisations/cnrs",
        json=organisation_json("autre"),
        headers=place.as_(CURATOR, If_None_Match="*"),
    )
    assert answer.json()["errors"][0]["pointer"] == "/slug"
