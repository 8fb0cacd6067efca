"""Partners' systems write by their own identifiers: one, many, tried, refused, reviewed."""

from dataclasses import replace

import pytest
from tests.catalog.support import CURATOR, PARTNER, SECOND, offer_json

from aiff_kit.auth import ANONYMOUS

INRIA = replace(PARTNER, subject="partner-2", organisation="inria")
BASE = "/v1/offers/by-external-id/genci"


def put(place, external_id="A-1", principal=PARTNER, params=None, partner="genci", **changes):
    body = offer_json(**changes)
    address = f"/v1/offers/by-external-id/{partner}/{external_id}"
    return place.client.put(address, json=body, params=params, headers=place.as_(principal))


def batch(place, *items, principal=PARTNER, params=None, **headers):
    body = {
        "partner": "genci",
        "items": [{"external_id": name, "offer": offer} for name, offer in items],
    }
    sent = place.as_(principal, **headers)
    return place.client.post("/v1/offers:batch", json=body, params=params, headers=sent)


def record(place, external_id="A-1", principal=PARTNER):
    return place.client.get(f"{BASE}/{external_id}", headers=place.as_(principal))


def records(place, principal=PARTNER, **parameters):
    address = "/v1/partners/genci/records"
    answer = place.client.get(address, params=parameters, headers=place.as_(principal))
    assert answer.status_code == 200, answer.text
    return answer.json()


def allow(place, version="*", principal=CURATOR, **policy):
    headers = place.as_(principal, If_Match=version)
    return place.client.put("/v1/partners/genci/policy", json=policy, headers=headers)


def approve(place, slug="bourse"):
    answer = place.client.post(f"/v1/reviews/{slug}/approve", headers=place.as_(SECOND), json={})
    assert answer.status_code == 200, answer.text


def outcomes(answer):
    assert answer.status_code == 200, answer.text
    return [(one["status"], one["outcome"]) for one in answer.json()["items"]]


def titled(text):
    return {"fr": text, "en": text}


def test_a_first_write_waits_for_review_and_the_same_again_changes_nothing(place):
    first = put(place)
    assert (first.status_code, first.json()["outcome"]) == (201, "created")
    assert first.json()["state"] == "submitted"
    again = put(place)
    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")
    assert again.json()["version"] == first.json()["version"]
    assert record(place).json()["state"] == "awaiting_review"
    approve(place)
    assert record(place).json()["state"] == "published"


def test_a_change_waits_beside_what_readers_see(place):
    put(place)
    approve(place)
    changed = put(place, title=titled("nouveau titre"))
    assert (changed.json()["outcome"], changed.json()["state"]) == ("updated", "published")
    assert changed.json()["pending_state"] == "submitted"
    assert place.client.get("/v1/offers/bourse").json()["title"]["fr"] == "bourse"


def test_the_same_content_again_does_not_undo_a_curator_s_edit(place):
    put(place)
    approve(place)
    headers = place.as_(CURATOR, If_Match="*", Content_Type="application/merge-patch+json")
    better = {"title": titled("un titre meilleur")}
    patched = place.client.patch("/v1/offers/bourse", json=better, headers=headers)
    assert patched.status_code == 200, patched.text
    answer = place.client.post("/v1/offers/bourse/publish", headers=place.as_(SECOND, If_Match="*"))
    assert answer.status_code == 200, answer.text
    assert put(place).json()["outcome"] == "unchanged"
    assert place.client.get("/v1/offers/bourse").json()["title"]["fr"] == "un titre meilleur"


def test_a_slug_may_change_under_the_same_identifier(place):
    put(place)
    approve(place)
    assert put(place, slug="bourse-2027").json()["outcome"] == "updated"
    approve(place)
    assert place.client.get("/v1/offers/bourse").status_code == 301


def test_an_offer_that_the_partner_has_here_is_taken_over_by_its_slug(place):
    offer = place.publish("bourse")
    linked = put(place, title=titled("nouveau"))
    assert (linked.json()["outcome"], linked.json()["offer_id"]) == ("updated", str(offer.id))
    refused = put(place, "A-2", title=titled("autre"))
    assert refused.status_code == 409
    assert record(place, "A-2").json()["state"] == "refused"


def test_the_slug_of_somebody_else_s_offer_is_taken(place):
    place.publish("bourse", organisations=[{"organisation": "inria", "role": "provider"}])
    assert put(place).status_code == 409


def test_a_policy_lets_new_offers_of_a_kind_be_published_at_once(place):
    assert allow(place, kinds=["funding"]).status_code == 200
    assert put(place).json()["state"] == "published"
    assert place.client.get("/v1/offers/bourse").status_code == 200
    course = put(place, "A-2", slug="cours", kind="training")
    assert course.json()["state"] == "submitted"


def test_a_policy_publishes_nothing_that_a_curator_writes(place):
    assert allow(place, kinds=["funding"]).status_code == 200
    assert put(place, principal=CURATOR).json()["state"] == "submitted"


def test_a_policy_lets_some_fields_be_changed_at_once(place):
    put(place)
    approve(place)
    assert allow(place, fields=["/title", "/pricing"]).status_code == 200
    assert put(place, title=titled("nouveau")).json()["pending_state"] is None
    assert place.client.get("/v1/offers/bourse").json()["title"]["fr"] == "nouveau"
    more = put(place, title=titled("encore"), summary=titled("autre résumé"))
    assert more.json()["pending_state"] == "submitted"
    assert place.client.get("/v1/offers/bourse").json()["title"]["fr"] == "nouveau"


def test_no_policy_goes_round_a_curator_s_decision(place):
    allow(place, kinds=["funding"], fields=["/title"])
    put(place)
    headers = place.as_(CURATOR)
    hidden = {"reason": "en cours de vérification"}
    answer = place.client.post("/v1/offers/bourse/suspend", json=hidden, headers=headers)
    assert answer.status_code == 200, answer.text
    changed = put(place, title=titled("nouveau"))
    assert (changed.json()["state"], changed.json()["pending_state"]) == ("suspended", "submitted")


def test_a_rejection_is_seen_with_its_reason_and_stays_until_the_content_changes(place):
    allow(place, kinds=[])
    put(place)
    allow(place, kinds=["funding"])
    reason = {"reason": "ce dispositif est terminé"}
    answer = place.client.post("/v1/reviews/bourse/reject", json=reason, headers=place.as_(SECOND))
    assert answer.status_code == 200, answer.text
    seen = record(place).json()
    assert (seen["state"], seen["reason"]) == ("rejected", reason["reason"])
    assert put(place).json()["outcome"] == "unchanged"
    mended = put(place, title=titled("nouveau"))
    assert mended.json()["pending_state"] == "in_review"


def test_one_bad_item_never_blocks_the_others(place):
    lost = offer_json("lost", organisations=[{"organisation": "nobody", "role": "provider"}])
    answer = batch(
        place,
        ("A-1", offer_json("one")),
        ("A-2", lost),
        ("A-3", {"slug": "three"}),
        ("A-4", offer_json("four")),
    )
    assert outcomes(answer) == [(201, "created"), (422, None), (422, None), (201, "created")]
    problem = answer.json()["items"][1]["problem"]
    assert problem["errors"][0]["pointer"] == "/organisations"
    states = [one["state"] for one in records(place)["items"]]
    assert states == ["awaiting_review", "refused", "refused", "awaiting_review"]
    assert record(place, "A-3").json()["errors"]


def test_items_may_name_each_other_but_not_what_is_refused(place):
    def excluding(slug, *others):
        return offer_json(slug, details={"stacking": {"excludes": list(others)}})

    answer = batch(
        place,
        ("A-1", excluding("one", "two")),
        ("A-2", excluding("two", "one")),
        ("A-3", excluding("three", "four")),
        ("A-4", excluding("four", "nowhere")),
    )
    assert [status for status, _ in outcomes(answer)] == [201, 201, 422, 422]
    errors = answer.json()["items"][2]["problem"]["errors"]
    assert errors[0]["pointer"] == "/details/stacking/excludes/0"


def test_a_dry_run_answers_as_the_write_and_changes_nothing(place):
    items = [("A-1", offer_json("one")), ("A-2", {"slug": "two"})]
    tried = batch(place, *items, params={"dry_run": "true"})
    assert tried.json()["dry_run"] is True
    assert records(place)["items"] == []
    done = batch(place, *items)
    assert outcomes(tried) == outcomes(done)
    assert put(place, "A-9", slug="nine", params={"dry_run": "true"}).status_code == 201
    assert record(place, "A-9").status_code == 404


def test_a_batch_with_a_key_is_done_once_with_its_refusals(place):
    items = [("A-1", offer_json("one")), ("A-2", {"slug": "two"})]
    first = batch(place, *items, Idempotency_Key="nightly-1")
    again = batch(place, *items, Idempotency_Key="nightly-1")
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    other = batch(place, items[0], Idempotency_Key="nightly-1")
    assert other.status_code == 422
    tried = batch(place, *items, Idempotency_Key="nightly-1", params={"dry_run": "true"})
    assert tried.status_code == 422


def test_records_are_paged_in_the_order_of_their_identifiers(place):
    batch(place, *((f"A-{number}", offer_json(f"offer-{number}")) for number in (3, 1, 2)))
    first = records(place, limit=2)
    rest = records(place, limit=2, cursor=first["next"])
    seen = [one["external_id"] for one in (*first["items"], *rest["items"])]
    assert seen == ["A-1", "A-2", "A-3"]
    assert rest["next"] is None


def test_a_partner_neither_writes_nor_sees_for_another(place):
    put(place)
    assert put(place, principal=INRIA).status_code == 404
    assert record(place, principal=INRIA).status_code == 404
    assert batch(place, ("A-1", offer_json()), principal=INRIA).status_code == 404
    for path in ("records", "policy"):
        address = f"/v1/partners/genci/{path}"
        assert place.client.get(address, headers=place.as_(INRIA)).status_code == 404
    assert put(place, principal=ANONYMOUS).status_code == 401


def test_only_curators_write_policies_and_against_the_version_they_read(place):
    assert allow(place, principal=PARTNER, kinds=["funding"]).status_code == 403
    assert allow(place, '"0"', kinds=["funding"]).json()["version"] == 1
    assert allow(place, '"0"', kinds=[]).status_code == 412
    assert allow(place, '"1"', kinds=["funding"]).json()["version"] == 1
    assert allow(place, fields=["/nothing"]).status_code == 422
    policy = place.client.get("/v1/partners/genci/policy", headers=place.as_(PARTNER))
    assert (policy.json()["kinds"], policy.headers["etag"]) == (["funding"], '"1"')


@pytest.mark.parametrize("external_id", ["-x", "a b", "é", "x" * 121])
def test_identifiers_that_an_address_cannot_carry_are_refused(place, external_id):
    assert put(place, external_id).status_code == 400


def test_a_batch_has_at_most_five_hundred_items(place):
    answer = batch(place, *((f"A-{number}", {}) for number in range(501)))
    assert answer.status_code == 422


def test_a_record_says_whether_searches_find_it_and_since_when_they_do_not(place):
    put(place)
    assert (record(place).json()["searchable"], record(place).json()["lag_seconds"]) == (None, None)
    approve(place)
    place.clock.advance(seconds=7)
    late = record(place).json()
    assert (late["searchable"], late["lag_seconds"]) == (False, 7.0)
    place.drain()
    assert (record(place).json()["searchable"], record(place).json()["lag_seconds"]) == (True, 0.0)
    assert records(place)["items"][0]["searchable"] is True
    put(place, title=titled("nouveau"))
    assert record(place).json()["searchable"] is True
    approve(place)
    assert record(place).json()["searchable"] is False


@pytest.mark.parametrize("amount", ["1e27", "1E+1000000", "1e-30"])
def test_an_absurd_price_is_refused_at_its_place(place, amount):
    rows = [{"amount": amount, "currency": "EUR", "period": "gpu_hour"}]
    pricing = {"basis": "priced", "rows": rows}
    answer = put(place, slug="absurde", kind="compute", pricing=pricing)
    assert answer.status_code == 422, answer.text
    assert "/pricing/rows/0/amount" in [one["pointer"] for one in answer.json()["errors"]]
