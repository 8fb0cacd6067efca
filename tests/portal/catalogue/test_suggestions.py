"""What stands below the field of the search while somebody types."""

import httpx2
import pytest
from tests.portal.backend import ATTACK
from tests.portal.outline import Outline


class Options(Outline):
    """A part of a page: the options, by where they lead."""

    def __init__(self, part: str) -> None:
        super().__init__(f"<!doctype html>\n<ul>{part}</ul>")
        assert self.faults == []

    @property
    def addresses(self) -> list[str]:
        return [str(one["data-address"]) for one in self.named("li")]


async def suggested(client, typed, language="fr"):
    answer = await client.get(f"/{language}/suggestions", params={"q": typed})
    assert answer.status_code == 200
    return answer, Options(answer.text)


async def test_names_and_offers_that_go_on_from_what_was_typed_are_options(client):
    answer, options = await suggested(client, "jean z")
    assert "/fr/offers/jean-zay-h100" in options.addresses
    assert {one["role"] for one in options.named("li")} == {"option"}
    assert len({one["id"] for one in options.named("li")}) == len(options.addresses) <= 8
    assert answer.headers["Cache-Control"].startswith("public, max-age=60")
    assert answer.headers["Vary"] == "Cookie"


async def test_an_option_leads_to_the_page_of_what_it_names(client):
    _, options = await suggested(client, "genci", "en")
    assert "/en/organisations/genci" in options.addresses
    _, options = await suggested(client, "h100", "en")
    assert "/en/offers?gpu_model=H100-SXM" in options.addresses
    assert "/en/offers?q=H100" in options.addresses
    for address in options.addresses:
        assert (await client.get(address)).status_code == 200


@pytest.mark.parametrize("typed", ["", " ", "j", "zzzqqxx"])
async def test_nothing_is_suggested_where_nothing_goes_on(client, typed):
    _, options = await suggested(client, typed)
    assert options.addresses == []


async def test_the_api_is_not_asked_about_a_single_letter(client, backend):
    await suggested(client, " j ")
    assert backend.asked == []


async def test_names_that_others_wrote_are_text(client):
    answer, options = await suggested(client, "titre script")
    assert "/fr/offers/hostile" in options.addresses
    assert ATTACK not in answer.text


async def test_a_refusal_is_no_suggestion(client, backend):
    backend.instead = lambda _: httpx2.Response(503)
    answer = await client.get("/fr/suggestions", params={"q": "jean"})
    assert answer.status_code == 503
    assert answer.headers["Cache-Control"] == "no-store"
