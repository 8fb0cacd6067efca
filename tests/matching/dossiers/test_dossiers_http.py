"""/v1/dossiers: anybody asks, in two formats and two languages, nothing is stored."""

import csv
import io

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from starlette.testclient import TestClient
from tests.matching.documents import compute, published

from aiff_kit.testing import StatementCounter
from aiff_matching.dossiers.adapters import packaged_programmes
from aiff_matching.dossiers.entrypoints.http.examples import EXAMPLES
from aiff_matching.main.matching import Matching

OFFER = "eurohpc-aif-playground"
ASKED = {
    "programme": OFFER,
    "profile": {"name": "Lexia", "country": "FR", "organisation_type": "startup"},
    "need": {"title": "Droit"},
}
CUT_OFFS = {"shape": "cut_offs", "cut_offs": [{"on": "2026-12-10", "at": "17:00"}]}


def ask(client: TestClient, body: dict = ASKED, **headers: str):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    response = client.post("/v1/dossiers", json=body, headers=names)
    assert response.status_code == 200, response.text
    return response


def rows(client: TestClient, body: dict = ASKED, language: str = "fr") -> list[dict[str, str]]:
    response = ask(client, body, accept="text/csv", accept_language=language)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


def test_an_anonymous_caller_lists_the_programmes_and_their_offers(anonymous: TestClient) -> None:
    items = anonymous.get("/v1/dossiers").json()["items"]
    assert [one["slug"] for one in items] == sorted(packaged_programmes())
    listed = {one["slug"]: one for one in items}
    assert listed["eurohpc-playground"]["offers"] == [OFFER]
    assert listed["eurohpc-playground"]["openings"] == []
    assert listed["genci-dynamic-access"]["apply"]["url"] == "https://www.edari.fr/"
    assert anonymous.get("/v1/dossiers?limit=3").status_code == 400


def test_a_dossier_has_answers_that_validate_and_says_what_is_missing(
    anonymous: TestClient,
) -> None:
    answer = ask(anonymous).json()
    filled = {one["id"]: one["answer"] for one in answer["questions"] if one["answer"]}
    assert filled["organisation_name"] == {"value": "Lexia", "field": "profile.name"}
    schema = answer["schema"]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    given = {key: one["value"] for key, one in filled.items()}
    faults = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(given)
    assert {fault.validator for fault in faults} == {"required"}
    missing = {one["question"]: one for one in answer["missing"]}
    assert missing["duration_months"]["field"] == "need.compute.duration_months"
    assert missing["investigator_email"]["reason"] == "for_applicant"
    assert missing.keys() | filled.keys() == schema["properties"].keys()
    for question in answer["questions"]:
        assert question["source"]["url"].startswith("https://")
        assert question["source"]["checked_on"] == "2026-11-30"


def test_the_slug_of_the_programme_asks_the_same_as_that_of_its_offer(
    anonymous: TestClient,
) -> None:
    by_programme = ask(anonymous, ASKED | {"programme": "eurohpc-playground"}).json()
    assert by_programme == ask(anonymous).json()


def test_the_calendar_of_a_published_offer_says_when_to_apply(
    anonymous: TestClient, matching: Matching
) -> None:
    matching.offers.projection.handle(published(compute(OFFER, intake=CUT_OFFS)))
    (opening,) = ask(anonymous).json()["programme"]["openings"]
    assert opening["offer"]["slug"] == OFFER
    assert opening["intake_status"] == "open"
    assert opening["deadline"]["on"] == "2026-12-10"


def test_titles_speak_the_readers_language(anonymous: TestClient) -> None:
    french = ask(anonymous, accept_language="fr")
    english = ask(anonymous, accept_language="en")
    title = "organisation_name"
    assert french.json()["schema"]["properties"][title]["title"] == "Nom de l'organisme"
    assert english.json()["schema"]["properties"][title]["title"] == "Organisation name"
    assert french.headers["vary"] == "Accept, Accept-Language"
    assert french.headers["cache-control"] == "private, no-store"


def test_the_table_has_questions_answers_sources_and_what_is_missing(
    anonymous: TestClient,
) -> None:
    french = {row["question"]: row for row in rows(anonymous)}
    assert french["Type d'organisme"]["answer"] == "Start-up"
    assert french["Nom de l'organisme"]["field"] == "profile.name"
    assert french["Nom de l'organisme"]["missing"] == ""
    assert "need.compute.duration_months" in french["Durée de l'allocation"]["missing"]
    assert all(row["source"] and row["checked_on"] for row in french.values())
    assert "Organisation type" in {row["question"] for row in rows(anonymous, language="en")}


def test_the_table_lists_documents_and_says_yes_and_lists_in_words(anonymous: TestClient) -> None:
    told = {"created_on": "2026-03-02", "prior_aid": ["cir", "innovup"]}
    grant = rows(anonymous, {"programme": "bourse-french-tech", "profile": told})
    by_name = {row["question"]: row for row in grant}
    assert by_name["Aides publiques déjà obtenues"]["answer"] == "cir; innovup"
    assert by_name["Date de création"]["answer"] == "2026-03-02"
    assert by_name["Table de capitalisation"]["missing"].startswith("Pièce à joindre")
    studio = {"programme": "inria-startup-studio", "profile": {"deeptech": True}}
    assert "oui" in {row["answer"] for row in rows(anonymous, studio)}
    assert "yes" in {row["answer"] for row in rows(anonymous, studio, "en")}


def test_a_stated_none_is_not_an_empty_cell(anonymous: TestClient) -> None:
    asked = {"programme": "bourse-french-tech", "profile": {"prior_aid": []}}
    (aid,) = (row for row in rows(anonymous, asked) if row["field"] == "profile.prior_aid")
    assert (aid["answer"], aid["missing"]) == ("aucune", "")


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_no_cell_is_a_formula(anonymous: TestClient, begins: str) -> None:
    hostile = f'{begins}HYPERLINK("https://evil.example";"x")'
    asked = {"programme": OFFER, "profile": {"name": hostile}, "need": {"title": hostile}}
    found = rows(anonymous, asked)
    # Blanks before a text are cleaned away at the door, and what is left computes nothing.
    written = hostile.strip() if begins.isspace() else f"'{hostile}"
    assert [row["answer"] for row in found if row["answer"]] == [written] * 2


def test_an_unknown_slug_is_told_what_there_is(anonymous: TestClient) -> None:
    response = anonymous.post("/v1/dossiers", json=ASKED | {"programme": "bourse-inconnue"})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "'bourse-inconnue'" in response.json()["detail"]
    assert {OFFER, "eurohpc-playground", "bourse-french-tech"} <= set(
        response.json()["detail"].rpartition(": ")[2].split(", ")
    )


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"profile": {}}, "/programme"),
        (ASKED | {"programme": "x"}, "/programme"),
        (ASKED | {"profile": {"country": "Atlantis"}}, "/profile"),
        (ASKED | {"need": {"compute": {"duration_months": 0}}}, "/need/compute/duration_months"),
        (ASKED | {"answers": {}}, "/answers"),
    ],
)
def test_a_wrong_question_is_refused_with_its_places(
    anonymous: TestClient, body: dict, pointer: str
) -> None:
    response = anonymous.post("/v1/dossiers", json=body)
    assert response.status_code == 422
    assert pointer in {error["pointer"] for error in response.json()["errors"]}


def test_another_format_is_refused(anonymous: TestClient) -> None:
    response = anonymous.post("/v1/dossiers", json=ASKED, headers={"Accept": "application/pdf"})
    assert response.status_code == 406


def test_nothing_is_stored(anonymous: TestClient, matching: Matching) -> None:
    ask(anonymous)
    with StatementCounter(matching.engine) as counter:
        ask(anonymous)
    begun = {statement.split()[0].upper() for statement in counter.statements}
    assert begun <= {"BEGIN", "SELECT"}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_examples_of_the_document_are_answered(anonymous: TestClient, example) -> None:
    answer = ask(anonymous, example["value"]).json()
    assert any(question["answer"] for question in answer["questions"])
    assert answer["missing"]
