"""What the quality checks find, and who may read it."""

from datetime import timedelta

from tests.catalog.support import CURATOR, NOW, PARTNER, SECOND, both, content

from aiff_catalog.quality.domain.checks import assess
from aiff_catalog.quality.domain.findings import COSTS, Seen


def found(**changes):
    quality = assess(content(**changes), Seen(now=NOW))
    return {(one.check, one.pointer) for one in quality.findings}


def day(days):
    return (NOW + timedelta(days=days)).date().isoformat()


def priced(**row):
    amount = {"amount": "2", "period": "gpu_hour", **row}
    return {"basis": "priced", "rows": [amount]}


def test_a_price_is_stale_after_180_days_and_undated_is_not_stale():
    stale = ("stale_price", "/pricing/rows/0/checked_at")
    undated = ("undated_price", "/pricing/rows/0/checked_at")
    assert stale in found(pricing=priced(checked_at=day(-181)))
    assert stale not in found(pricing=priced(checked_at=day(-180)))
    assert not {stale, undated} & found(pricing=priced(checked_at=day(0)))
    assert undated in found(pricing=priced())
    assert stale not in found(pricing=priced())


def test_the_day_of_review_itself_is_not_overdue():
    overdue = ("review_overdue", "/review_by")
    assert overdue in found(review_by=day(-1))
    assert overdue not in found(review_by=day(0))


def test_contradicting_claims_are_an_error_until_one_is_chosen():
    claims = [{"field": "/url", "value": value, "source": "page"} for value in ("one", "two")]
    assert ("conflicting_claims", "/url") in found(claims=claims)
    assert ("conflicting_claims", "/url") not in found(
        claims=[{**claims[0], "chosen": True}, claims[1]]
    )


def test_a_price_that_only_a_source_of_other_fields_supports_has_no_source():
    source = {"label": "page", "confidence": "sourced", "fields": ["/title"]}
    lacking = ("price_without_source", "/pricing/rows")
    assert lacking in found(pricing=priced(), sources=[source])
    assert lacking not in found(pricing=priced(), sources=[{**source, "fields": []}])


def test_a_check_costs_once_and_the_score_is_the_sum_of_its_parts():
    same = "Une phrase assez longue pour être un bon résumé."
    quality = assess(content(summary=both(same), description=both(same)), Seen(now=NOW))
    translations = [one for one in quality.findings if one.check == "missing_translation"]
    assert [one.pointer for one in translations] == ["/summary/en", "/description/en"]
    parts = [part.check for part in quality.parts]
    assert parts.count("missing_translation") == 1
    assert quality.score == 100 - sum(COSTS[part.severity] for part in quality.parts)


def test_curators_read_the_quality_of_the_text_that_editors_work_on(place):
    offer = place.publish()
    place.edit(offer, content(review_by=day(-1)))
    answer = place.client.get("/v1/quality/bourse", headers=place.as_(CURATOR))
    assert answer.status_code == 200, answer.text
    assert "review_overdue" in [part["check"] for part in answer.json()["parts"]]
    assert answer.headers["cache-control"] == "private, no-store"


def test_nobody_else_reads_quality_and_an_unknown_offer_is_404(place):
    address = "/v1/quality/bourse"
    assert place.client.get(address, headers=place.as_(CURATOR)).status_code == 404
    place.publish()
    assert place.client.get(address).status_code == 401
    assert place.client.get(address, headers=place.as_(PARTNER)).status_code == 403


def worked(place):
    """Let the worker assess everything that is due."""
    while place.catalog.quality.assessment_job.step():
        pass
    place.clock.advance(seconds=3)
    place.catalog.quality.assessment_job.step()


def get(place, who=CURATOR, **parameters):
    return place.client.get("/v1/quality", params=parameters, headers=place.as_(who))


def claim(place, who, slug="pire", method="PUT"):
    address = f"/v1/quality/{slug}/claim"
    return place.client.request(method, address, headers=place.as_(who))


def listed(place, who=CURATOR, **parameters):
    answer = get(place, who, **parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def test_the_work_list_is_worst_first_filtered_and_paged(place):
    place.publish("bonne", summary=both("Une phrase assez longue pour être un bon résumé, voilà."))
    place.publish("pire", review_by=day(-10))
    place.publish("cours", "training", review_by=day(-10))
    worked(place)
    items = listed(place)
    scores = [one["score"] for one in items]
    assert scores == sorted(scores)
    overdue = {one["slug"] for one in listed(place, check="review_overdue")}
    assert overdue == {"pire", "cours"}
    assert [one["slug"] for one in listed(place, check="review_overdue", kind="training")] == [
        "cours"
    ]
    first = get(place, limit=1).json()
    second = get(place, limit=1, cursor=first["next"]).json()
    assert [one["slug"] for one in (*first["items"], *second["items"])] == [
        one["slug"] for one in items[:2]
    ]
    assert get(place, limit=1, cursor=first["next"], kind="training").status_code == 400


def test_an_edit_is_assessed_again_and_a_day_makes_a_text_grow_old(place):
    offer = place.publish("vieillit", review_by=day(1))
    worked(place)
    assert listed(place, check="review_overdue") == []
    place.clock.advance(days=3)
    worked(place)
    assert [one["slug"] for one in listed(place, check="review_overdue")] == ["vieillit"]
    place.revise(offer, content("vieillit", review_by=day(40)))
    worked(place)
    assert listed(place, check="review_overdue") == []


def test_one_curator_at_a_time_works_on_a_listing(place):
    place.publish("pire", review_by=day(-10))
    worked(place)
    assert claim(place, CURATOR).status_code == 204
    assert claim(place, CURATOR).status_code == 204
    taken = claim(place, SECOND)
    assert (taken.status_code, CURATOR.subject in taken.json()["detail"]) == (409, True)
    assert [one["slug"] for one in listed(place, claimed="me")] == ["pire"]
    assert listed(place, SECOND, claimed="me") == []
    assert "pire" not in {one["slug"] for one in listed(place, SECOND, claimed="nobody")}
    assert claim(place, SECOND, method="DELETE").status_code == 204
    assert claim(place, SECOND).status_code == 204
    assert claim(place, CURATOR, "rien").status_code == 404


def test_the_work_list_is_for_reviewers(place):
    assert get(place, PARTNER).status_code == 403
    assert claim(place, PARTNER).status_code == 403
    assert claim(place, PARTNER, method="DELETE").status_code == 403
