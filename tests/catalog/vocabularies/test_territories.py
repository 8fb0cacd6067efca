"""GET /v1/territories: a place by its name, its code or a postal code."""

import pytest


def found(place, **parameters):
    response = place.client.get("/v1/territories", params=parameters)
    assert response.status_code == 200, response.text
    return response.json()["items"]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("33000", ["COM-33063"]),
        ("69003", ["COM-69383", "COM-69003"]),
        ("97150", ["COM-97801"]),
        ("Nouméa", ["COM-98818"]),
        ("bretagne", ["REG-53"]),
        ("FRK26", ["DEP-69"]),
    ],
)
def test_a_place_is_found_as_people_write_it(place, asked, codes):
    assert [one["code"] for one in found(place, q=asked)][: len(codes)] == codes


def test_a_place_is_shown_with_what_contains_it_and_its_postal_codes(place):
    (bordeaux,) = found(place, q="COM-33063")
    assert bordeaux["label"] == {"fr": "Bordeaux", "en": "Bordeaux"}
    assert [one["code"] for one in bordeaux["within"]] == ["DEP-33", "REG-72", "REG-75", "FR"]
    assert "33000" in bordeaux["postal_codes"]


def test_as_many_places_are_answered_as_wanted_and_never_more(place):
    assert len(found(place, q="saint", limit=3)) == 3
    assert len(found(place, q="saint")) == 10
    assert place.client.get("/v1/territories?q=saint&limit=51").status_code == 400


def test_what_nobody_knows_is_an_empty_list_and_nothing_asked_is_refused(place):
    assert found(place, q="99999") == []
    assert place.client.get("/v1/territories").status_code == 400
    assert place.client.get("/v1/territories?q=").status_code == 400


def test_an_answer_is_kept_by_its_tag(place):
    response = place.client.get("/v1/territories?q=Lyon")
    tag = {"If-None-Match": response.headers["ETag"]}
    assert place.client.get("/v1/territories?q=Lyon", headers=tag).status_code == 304
