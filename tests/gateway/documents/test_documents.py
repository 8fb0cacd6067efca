"""The API document, its page and the pages of the problems."""

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator


async def test_the_merged_document_is_valid_and_names_what_is_missing(client):
    document = (await client.get("/openapi.json")).json()
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert {"/v1/offers", "/v1/sessions", "/v1/api-keys"} <= document["paths"].keys()
    assert document["x-missing"] == ["matching"]
    assert document["components"]["securitySchemes"].keys() == {"apiKey", "bearer"}


async def test_the_documentation_page_needs_nothing_from_elsewhere(client):
    page = await client.get("/docs")
    assert page.headers["Content-Type"].startswith("text/html")
    assert "https://" not in page.text
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "init.js", "favicon-32x32.png"):
        assert f"/docs/{name}" in page.text
        assert (await client.get(f"/docs/{name}")).status_code == 200
    assert (await client.get("/docs/other.js")).status_code == 404


@pytest.mark.parametrize("slug", ["not-found", "credential-in-address", "offer-withdrawn"])
async def test_a_problem_type_is_an_address_for_people_and_programs(client, slug):
    path = f"/problems/{slug}"
    data = (await client.get(path, headers={"Accept": "application/json"})).json()
    assert data["type"] == path
    french = {"Accept": "text/html", "Accept-Language": "fr"}
    page = await client.get(path, headers=french)
    assert '<html lang="fr">' in page.text
    assert data["title"]["fr"].replace("'", "&#39;") in page.text
    listed = (await client.get("/problems")).json()["items"]
    assert slug in [kind["type"].rsplit("/", 1)[1] for kind in listed]


async def test_an_unknown_problem_type_is_404(client):
    assert (await client.get("/problems/none")).status_code == 404
