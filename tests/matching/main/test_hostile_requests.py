"""Requests with extreme values, and the worst that 64 kB can hold: no 500, and little work."""

import pytest
from bench.harness.bodies import SIZE, WORST
from starlette.testclient import TestClient
from tests.hostile import HOW_MANY, Hostile
from tests.matching.documents import STARTUP, published
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.codec import MOST_TOLD, dump, parse
from aiff_contracts.offer import OfferDocument
from aiff_contracts.sparing import LEFT_OUT
from aiff_matching.dossiers.entrypoints.http.schemas import DossierRequest
from aiff_matching.journeys.entrypoints.http.schemas import JourneyRequest
from aiff_matching.main.matching import Matching
from aiff_matching.plans.entrypoints.http.schemas import PlanRequest
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile

pytestmark = pytest.mark.no_cover
NEED = {
    "description": "GPU",
    "compute": {"gpu_hours": 10_000, "gpu_model": "H100-SXM", "purpose": "production"},
}
ASKED = {"profile": STARTUP, "need": NEED}
ROUTES = {
    "/v1/compute/plan": parse(PlanRequest, ASKED),
    "/v1/journeys": parse(JourneyRequest, ASKED),
    "/v1/dossiers": parse(DossierRequest, {**ASKED, "programme": "playground"}),
}


@pytest.fixture
def offered(matching: Matching) -> Matching:
    """Real offers and hostile ones, each under an id and a name of its own."""
    real = [candidate.offer for candidate in real_catalogue().candidates]
    hostile = Hostile(OfferDocument, 20).objects(real, HOW_MANY)
    offers = {offer.id: offer for offer in (*real[::8], *hostile)}
    named = {offer.slug: offer for offer in offers.values()}
    for offer in named.values():
        matching.offers.projection.handle(published(offer))
    LEFT_OUT.clear()
    return matching


@pytest.mark.parametrize("path", ROUTES)
def test_no_question_is_too_much(offered: Matching, anonymous: TestClient, path: str) -> None:
    for asked in Hostile(type(ROUTES[path]), 21).objects([ROUTES[path]], HOW_MANY // 3):
        answer = anonymous.post(path, json=dump(asked))
        assert answer.status_code in {200, 404, 422}, (dump(asked), answer.text)
    assert LEFT_OUT == {}


def test_what_is_stored_is_read_back_answered_and_watched(
    offered: Matching, owner: TestClient
) -> None:
    profiles = Hostile(Profile, 22).objects([parse(Profile, STARTUP)], HOW_MANY // 4)
    needs = Hostile(Need, 23).objects([parse(Need, NEED)], HOW_MANY // 4)
    for profile, need in zip(profiles, needs, strict=True):
        named = {**dump(profile), "name": dump(profile).get("name") or "Essai"}
        made = owner.post("/v1/startups", json=named)
        assert made.status_code in {201, 422}, made.text
        if made.status_code == 201:
            where = made.headers["location"]
            assert owner.get(where).status_code == 200
            stored = owner.post(f"{where}/needs", json=dump(need))
            assert stored.status_code in {201, 422}, stored.text
            if stored.status_code == 201:
                assert owner.get(f"{stored.headers['location']}/matches").status_code == 200
    while offered.watching.watch.step():
        pass
    assert LEFT_OUT == {}


@pytest.mark.parametrize("path", ["/v1/matches", *ROUTES])
@pytest.mark.parametrize("worst", WORST)
def test_the_worst_body_is_refused_with_a_short_answer(
    anonymous: TestClient, path: str, worst: str
) -> None:
    headers = {"content-type": "application/json"}
    answer = anonymous.post(path, content=WORST[worst], headers=headers)
    assert answer.status_code in {400, 422}, answer.text[:500]
    assert len(answer.json().get("errors", ())) <= MOST_TOLD + 1
    assert len(answer.content) < 2 * SIZE
