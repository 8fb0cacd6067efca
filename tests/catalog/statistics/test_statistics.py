"""Figures for staff and funders: made by the worker, read as JSON and as CSV."""

import csv
import io
from datetime import timedelta

import pytest
from tests.catalog.support import CURATOR, NOW, PARTNER

from aiff_catalog.statistics.application import StatisticsJob
from aiff_catalog.statistics.domain import HistoryStep, Listed, figures
from aiff_kit.testing import PassingFaultError, fails_once


def found(offers=(), steps=(), searches=None):
    made = figures(offers, steps, searches or {}, NOW)
    return {(one.figure, one.key): one.value for one in made}


def listed(age=0, **changes):
    told = {"kind": "funding", "state": "published", "waiting_since": None, "score": 90}
    told |= {"checks": (), "updated_at": NOW - timedelta(days=age)} | changes
    return Listed(**told)


def moved(offer, action, days):
    return HistoryStep(offer, action, NOW - timedelta(days=days))


def test_offers_are_counted_by_kind_state_and_age():
    offers = [listed(10), listed(31), listed(400), listed(state="archived", kind="training")]
    figures_found = found(offers)
    assert figures_found["offers", "funding/published"] == 3
    assert figures_found["offers", "training/archived"] == 1
    assert figures_found["age_of_published_texts", "up_to_30_days"] == 1
    assert figures_found["age_of_published_texts", "up_to_90_days"] == 1
    assert figures_found["age_of_published_texts", "older"] == 1


def test_a_review_lasts_from_the_last_submission_to_the_decision():
    steps = [
        *(moved("a", "submitted", 30), moved("a", "recalled", 29)),
        *(moved("a", "submitted", 10), moved("a", "published", 6)),
        *(moved("b", "submitted", 8), moved("b", "changes_requested", 6)),
        *(moved("c", "submitted", 400), moved("c", "published", 300)),
        moved("d", "submitted", 5),
    ]
    assert found(steps=steps)["review", "median_days_to_decision"] == 3


def test_a_median_of_nothing_is_left_out_and_never_zero():
    assert found() == {("review", "waiting"): 0}
    assert ("quality_score", "median") not in found([listed(score=None)])
    waiting = found([listed(waiting_since=NOW - timedelta(days=4))])
    assert (waiting["review", "waiting"], waiting["review", "longest_wait_days"]) == (1, 4)


def get(place, who=CURATOR, accept="application/json", **parameters):
    headers = place.as_(who) | {"Accept": accept}
    return place.client.get("/v1/statistics", params=parameters, headers=headers)


def test_staff_read_the_newest_figures_as_json_and_as_csv(place):
    assert get(place).status_code == 404
    place.publish("bourse")
    assert place.catalog.statistics.job.step() == 1
    assert place.catalog.statistics.job.step() == 0
    body = get(place).json()
    assert body["day"] == NOW.date().isoformat()
    assert body["figures"]["offers"] == {"funding/published": 1}
    rows = list(csv.DictReader(io.StringIO(get(place, accept="text/csv").text)))
    assert {"figure": "offers", "key": "funding/published", "value": "1.0"}.items() <= next(
        row for row in rows if row["figure"] == "offers"
    ).items()
    place.clock.advance(days=1)
    place.publish("autre")
    assert place.catalog.statistics.job.step() == 1
    assert get(place).json()["figures"]["offers"] == {"funding/published": 2}
    before = get(place, day=NOW.date().isoformat()).json()
    assert before["figures"]["offers"] == {"funding/published": 1}


def test_a_search_without_result_is_told_once_enough_asked_and_is_no_formula(place):
    place.publish("bourse")
    place.drain()
    for _ in range(4):
        assert place.search(q="=zorglub Éolien")["items"] == []
    place.catalog.statistics.unanswered.write()
    place.search(q="vu une fois seulement")
    place.catalog.statistics.unanswered.write()
    place.catalog.statistics.job.step()
    assert "searches_without_result" not in get(place).json()["figures"]
    place.search(q="  =ZORGLUB   éolien ")
    place.catalog.statistics.unanswered.write()
    place.clock.advance(hours=2)
    place.catalog.statistics.job.step()
    told = get(place).json()["figures"]["searches_without_result"]
    assert told == {"=zorglub éolien": 5}
    assert "'=zorglub éolien" in get(place, accept="text/csv").text


def test_figures_are_for_staff(place):
    assert place.client.get("/v1/statistics").status_code == 401
    assert get(place, PARTNER).status_code == 403
    assert get(place, accept="image/png").status_code == 406
    assert get(place, hour=3).status_code == 400


def test_figures_that_could_not_be_stored_are_made_at_the_next_step_and_not_an_hour_later(place):
    statistics = StatisticsJob(fails_once(place.catalog.base.open), place.clock)
    with pytest.raises(PassingFaultError):
        statistics.step()
    assert statistics.step() == 1
    assert get(place).status_code == 200
