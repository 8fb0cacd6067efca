"""POST /v1/rules:lint: authors only, findings with pointers into what was sent."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient
from tests.matching.documents import cmp, grant, published

from aiff_kit.auth import Principal, Scope
from aiff_matching.main.matching import Matching

SOURCED = {"source": "essai"}


@pytest.fixture
def author(client_of: Callable[[Principal], TestClient]) -> TestClient:
    return client_of(Principal("carole", "cap-digital", frozenset({Scope.OFFERS_WRITE})))


def lint(client: TestClient, rule: object) -> dict:
    response = client.post("/v1/rules:lint", json={"rule": rule})
    assert response.status_code == 200, response.text
    return response.json()


def test_nobody_without_the_scope_may_ask(anonymous: TestClient, owner: TestClient) -> None:
    body = {"rule": cmp("trl", ">=", 4)}
    assert anonymous.post("/v1/rules:lint", json=body).status_code == 401
    assert owner.post("/v1/rules:lint", json=body).status_code == 403


def test_a_contradiction_is_an_error_with_its_pointer_in_both_languages(author: TestClient) -> None:
    small, large = cmp("headcount", "<", 5) | SOURCED, cmp("headcount", ">", 9) | SOURCED
    told = lint(author, {"type": "all", "rules": [small, large]})
    assert not told["acceptable"]
    (finding,) = told["findings"]
    assert (finding["code"], finding["severity"], finding["pointer"]) == (
        "never_true",
        "error",
        "/rule",
    )
    assert "se contredit" in finding["message"]["fr"]


def test_a_warning_leaves_the_rule_acceptable(author: TestClient) -> None:
    told = lint(author, cmp("trl", ">=", 4))
    assert told["acceptable"]
    assert [finding["code"] for finding in told["findings"]] == ["no_source"]


def test_a_prior_aid_must_be_an_offer_of_the_catalogue(
    author: TestClient, matching: Matching
) -> None:
    matching.offers.projection.handle(published(grant("bourse")))
    assert lint(author, cmp("prior_aid", "overlaps", ["bourse"]) | SOURCED)["findings"] == []
    told = lint(author, cmp("prior_aid", "overlaps", ["bource"]) | SOURCED)
    assert [finding["pointer"] for finding in told["findings"]] == ["/rule/value"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"rule": cmp("luck", ">=", 4)}, "/rule"),
        ({"rule": cmp("trl", "within", 4)}, "/rule"),
        ({"rule": {"type": "all", "rules": []}}, "/rule/rules"),
        ({"rule": cmp("trl", ">=", 4), "draft": True}, "/draft"),
        ({}, "/rule"),
    ],
)
def test_what_is_no_rule_is_422_with_its_pointer(
    author: TestClient, body: dict, pointer: str
) -> None:
    response = author.post("/v1/rules:lint", json=body)
    assert response.status_code == 422
    assert [fault["pointer"] for fault in response.json()["errors"]] == [pointer]
