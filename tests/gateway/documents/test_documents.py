"""The API document and the kinds of problem, for programs; people read the portal's pages."""

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator


async def test_the_merged_document_is_valid_and_names_what_is_missing(client):
    document = (await client.get("/openapi.json")).json()
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert {"/v1/offers", "/v1/sessions", "/v1/api-keys"} <= document["paths"].keys()
    assert document["x-missing"] == ["matching"]
    assert document["components"]["securitySchemes"].keys() == {"apiKey", "bearer"}


async def test_the_documentation_is_the_document_for_a_program(client):
    answer = await client.get("/docs")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/openapi.json")


@pytest.mark.parametrize("slug", ["not-found", "credential-in-address", "offer-withdrawn"])
async def test_a_problem_type_is_an_address_for_programs(client, slug):
    path = f"/problems/{slug}"
    data = (await client.get(path)).json()
    assert data["type"] == path
    assert data["title"].keys() == data["mend"].keys() == {"fr", "en"}
    assert data in (await client.get("/problems")).json()["items"]


@pytest.mark.parametrize(
    ("path", "page"),
    [("/docs", "/api"), ("/problems", "/problems"), ("/problems/not-found", "/problems/not-found")],
)
async def test_a_browser_is_led_to_the_page_in_its_language(client, path, page):
    for language in ("fr", "en"):
        headers = {"Accept": "text/html", "Accept-Language": language}
        answer = await client.get(path, headers=headers)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/{language}{page}")


async def test_an_unknown_problem_type_is_404(client):
    assert (await client.get("/problems/none")).status_code == 404
