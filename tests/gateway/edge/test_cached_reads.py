"""Anonymous reads: remembered, revalidated, purged, never mixed with anybody's own answers."""

import asyncio

import httpx2
from tests.gateway.harness import OFFER_ID, SLUG, Place

OFFER = f"/v1/offers/{OFFER_ID}"


async def test_an_anonymous_read_is_answered_from_memory_the_second_time(place, client):
    first = await client.get(OFFER)
    place.clock.advance(seconds=7)
    second = await client.get(OFFER)
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json() == first.json()
    assert second.headers["Age"] == "7"
    assert second.headers["Cache-Control"].startswith("public")
    assert len(place.catalog.requests) == 1


async def test_the_gateway_answers_304_itself(place, client):
    first = await client.get(OFFER)
    again = await client.get(OFFER, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert len(place.catalog.requests) == 1


async def test_a_stale_answer_is_revalidated_and_fresh_again(place, client):
    await client.get(OFFER)
    place.clock.advance(seconds=61)
    assert (await client.get(OFFER)).status_code == 200
    assert place.catalog.last.headers["if-none-match"] == '"1-open"'
    assert (await client.get(OFFER)).headers["Age"] == "0"
    assert len(place.catalog.requests) == 2


async def test_a_stale_answer_that_changed_is_replaced(place, client):
    await client.get(OFFER)
    place.clock.advance(seconds=61)
    place.catalog.version = 2
    assert (await client.get(OFFER)).json()["version"] == 2
    assert (await client.get(OFFER)).json()["version"] == 2


async def test_the_order_of_parameters_makes_no_difference(place, client):
    await client.get("/v1/offers?kind=compute&q=gpu")
    await client.get("/v1/offers?q=gpu&kind=compute")
    await client.get("/v1/offers?q=gpus&kind=compute")
    assert len(place.catalog.requests) == 2


async def test_variants_are_kept_apart_by_the_headers_that_vary_names(place, client):
    french = {"Accept-Language": "fr"}
    await client.get(OFFER, headers={"Accept-Language": "en"})
    assert (await client.get(OFFER, headers=french)).json()["language"] == "fr"
    assert (await client.get(OFFER, headers={**french, "Accept": "text/x"})).headers["Age"] == "0"
    assert len(place.catalog.requests) == 2


async def test_an_answer_that_varies_by_something_else_is_not_remembered(place, client):
    place.catalog.headers["Vary"] = "User-Agent"
    await client.get(OFFER)
    await client.get(OFFER)
    assert len(place.catalog.requests) == 2


async def test_a_private_answer_is_not_remembered(place, client):
    await client.get("/v1/vocabularies")
    await client.get("/v1/vocabularies")
    assert len(place.catalog.requests) == 2


async def test_a_signed_in_reader_is_never_answered_from_memory(place, client, partner):
    session = await place.sign_in(partner)
    await client.get(OFFER)
    own = await client.get(OFFER, headers=session)
    assert own.headers["Cache-Control"] == "private, no-store"
    assert "Age" not in own.headers
    assert len(place.catalog.requests) == 2
    await client.get(OFFER)
    assert len(place.catalog.requests) == 2


async def test_concurrent_misses_ask_the_service_once(place, client):
    place.catalog.delay = 0.2
    answers = await asyncio.gather(*(client.get(OFFER) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(place.catalog.requests) == 1


async def until_purged(client: httpx2.AsyncClient, path: str) -> None:
    """Wait until the gateway asks the catalogue again, as it does after an event."""
    for _ in range(100):
        if "Age" not in (answer := await client.get(path)).headers:
            return
        if answer.json()["version"] == 2:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(path)


async def test_an_event_purges_the_offer_by_id_and_by_slug_and_all_lists(place, client):
    paths = [OFFER, f"/v1/offers/{SLUG}", "/v1/offers?q=gpu"]
    for path in paths:
        await client.get(path)
    place.catalog.version = 2
    place.publish_withdrawal()
    for path in paths:
        await until_purged(client, path)


async def test_an_event_leaves_other_offers_in_memory(place, client):
    await client.get(OFFER)
    place.catalog.version = 2
    place.publish_withdrawal()
    await until_purged(client, OFFER)
    assert (await client.get(OFFER)).headers["Age"] == "0"


async def test_an_answer_asked_for_before_the_purge_is_not_remembered(place: Place, client):
    place.catalog.delay = 0.6
    slow = asyncio.create_task(client.get(OFFER))
    await asyncio.sleep(0.1)
    place.publish_withdrawal()
    await asyncio.sleep(0.3)
    place.catalog.version = 2
    assert (await slow).json()["version"] == 1
    assert (await client.get(OFFER)).json()["version"] == 2


async def test_a_list_is_not_remembered_while_the_search_index_follows(place: Place, client):
    await client.get(OFFER)
    place.catalog.version = 2
    place.publish_withdrawal()
    await until_purged(client, OFFER)
    before = len(place.catalog.requests)
    await client.get("/v1/offers?q=gpu")
    await client.get("/v1/offers?q=gpu")
    assert len(place.catalog.requests) == before + 2
    place.clock.advance(seconds=4)
    await client.get("/v1/offers?q=gpu")
    await client.get("/v1/offers?q=gpu")
    assert len(place.catalog.requests) == before + 3


async def test_large_answers_are_compressed_with_an_etag_of_their_own(place, client):
    plain = await client.get("/v1/offers", headers={"Accept-Encoding": "identity"})
    packed = await client.get("/v1/offers", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert packed.headers["ETag"] == '"1-open--gzip"'
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 10
    held = {"If-None-Match": packed.headers["ETag"]}
    assert (await client.get("/v1/offers", headers=held)).status_code == 304


async def test_a_write_may_name_the_etag_of_a_compressed_answer(place, client):
    await client.put(OFFER, json={}, headers={"If-Match": '"1-open--gzip"'})
    assert place.catalog.last.headers["if-match"] == '"1-open"'
