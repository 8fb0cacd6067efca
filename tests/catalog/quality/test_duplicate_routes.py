"""Probable duplicates over HTTP: who reads them, dismisses, merges; and who may not."""

from dataclasses import replace

from tests.catalog.support import CURATOR, PARTNER, both

from aiff_kit.auth import ANONYMOUS

SAME = {"title": both("Accès dynamique aux GPU"), "url": "https://genci.fr/acces"}
REASON = {"reason": "deux sites"}


def twins(place, *slugs):
    for slug in slugs:
        place.publish(slug, "training", **SAME)
    place.look_for_duplicates()


def listed(place, principal=CURATOR, **parameters):
    headers = place.as_(principal)
    return place.client.get("/v1/duplicates", params=parameters, headers=headers)


def post(place, address, body=None, principal=CURATOR, **headers):
    return place.client.post(address, json=body, headers=place.as_(principal, **headers))


def merge(place, gone="deux", into="un", principal=CURATOR, **headers):
    body = {"into": into, **REASON}
    return post(place, f"/v1/offers/{gone}/merge", body, principal, **headers)


def test_pairs_are_paged_filtered_and_explained_in_both_languages(place):
    twins(place, "un", "deux", "trois")
    first = listed(place, limit=2).json()
    second = listed(place, limit=2, cursor=first["next"]).json()
    pairs = [*first["items"], *second["items"]]
    named = {(one["first"]["slug"], one["second"]["slug"]) for one in pairs}
    assert named == {("un", "deux"), ("un", "trois"), ("deux", "trois")}
    assert pairs[0]["parts"][0]["said"]["en"] == "The titles are 100 % alike."
    assert listed(place, kind="funding").json()["items"] == []
    assert listed(place, kind="castle").status_code == 400


def test_a_dismissed_pair_leaves_the_list_and_comes_back(place):
    twins(place, "un", "deux")
    (pair,) = listed(place).json()["items"]
    address = f"/v1/duplicates/{pair['id']}"
    assert post(place, f"{address}/dismiss", {}).status_code == 422
    assert post(place, f"{address}/dismiss", REASON).status_code == 204
    assert listed(place).json()["items"] == []
    (kept,) = listed(place, state="dismissed").json()["items"]
    assert (kept["dismissed"]["by"], kept["dismissed"]["reason"]) == ("curator-1", "deux sites")
    assert post(place, f"{address}/reopen").status_code == 204
    assert len(listed(place).json()["items"]) == 1
    unknown = f"/v1/duplicates/{pair['first']['id']}/dismiss"
    assert post(place, unknown, REASON).status_code == 404


def test_a_merge_answers_with_where_the_listing_went(place):
    twins(place, "un", "deux")
    assert merge(place, If_Match='"1"').status_code == 412
    done = merge(place, If_Match='"2"')
    assert done.status_code == 200, done.text
    kept = place.client.get("/v1/offers/un").json()
    assert (done.json()["state"], done.json()["merged_into"]) == ("archived", kept["id"])
    assert merge(place).status_code == 409
    assert merge(place, "un", "un").status_code == 409
    place.publish("quatre", "training")
    assert merge(place, "quatre", "inconnue").status_code == 404


def test_a_listing_that_is_still_named_says_by_whom(place):
    place.publish("un")
    place.publish("deux")
    place.publish("suite", details={"stacking": {"needs_prior": ["deux"]}})
    answer = merge(place)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/still-named")
    assert "suite" in answer.json()["detail"]


def test_only_curators_read_pairs_and_merge(place):
    twins(place, "un", "deux")
    (pair,) = listed(place).json()["items"]
    address = f"/v1/duplicates/{pair['id']}/dismiss"
    for principal, status in ((PARTNER, 403), (ANONYMOUS, 401)):
        assert listed(place, principal).status_code == status
        assert post(place, address, REASON, principal).status_code == status
        assert merge(place, principal=principal).status_code == status
    withdrawing = replace(PARTNER, scopes=CURATOR.scopes - {"offers:publish"})
    assert merge(place, principal=withdrawing).status_code == 403
