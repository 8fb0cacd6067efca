"""Health and the OpenAPI document."""

from openapi_spec_validator import validate
from starlette.testclient import TestClient

from aiff_matching.main.matching import Matching


def test_a_migrated_service_is_ready(anonymous: TestClient) -> None:
    assert anonymous.get("/health/ready").json()["checks"] == {"database": "ok"}


def test_a_service_without_its_tables_is_not_ready(
    anonymous: TestClient, matching: Matching
) -> None:
    with matching.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    assert anonymous.get("/health/ready").status_code == 503


def test_a_database_that_cannot_be_used_is_503_without_a_word_why(
    owner: TestClient, matching: Matching
) -> None:
    with matching.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE startup RENAME TO away")
    for answer in (
        owner.get("/v1/startups"),
        owner.post("/v1/startups", json={}),
        owner.post("/v1/startups", json={}, headers={"Idempotency-Key": "k"}),
    ):
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        assert answer.json()["detail"] == "Try again after the time in Retry-After."


def test_the_openapi_document_is_valid_and_shows_the_answer(anonymous: TestClient) -> None:
    document = anonymous.get("/openapi.json").json()
    validate(document)
    answer = document["paths"]["/v1/matches"]["post"]["responses"]["200"]
    assert "AnswerView" in answer["content"]["application/json"]["schema"]["$ref"]
