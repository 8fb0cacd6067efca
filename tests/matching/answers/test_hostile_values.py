"""Offers and questions with extreme values of every field: each is answered, none costs another."""

from functools import cache

import pytest
from tests.hostile import HOW_MANY, Hostile
from tests.matching.documents import NOW, STARTUP
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.codec import dump_json, parse, parse_json
from aiff_contracts.offer import OfferDocument
from aiff_contracts.sparing import LEFT_OUT
from aiff_matching.answers.domain.matching import Answer, Asked, answer
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.answers.entrypoints.http.presenting import answer_view
from aiff_matching.answers.entrypoints.http.schemas import MatchRequest
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.offers.domain.building import build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.shared.http import private_json

pytestmark = pytest.mark.no_cover
REAL = 40
ASKED = parse(
    MatchRequest,
    {
        "profile": STARTUP,
        "need": {
            "description": "GPU",
            "compute": {"gpu_hours": 10_000, "gpu_model": "H100-SXM", "purpose": "production"},
            "funding": {"amount_eur": 100_000},
        },
    },
)


@cache
def hostile_offers() -> tuple[OfferDocument, ...]:
    real = [candidate.offer for candidate in real_catalogue().candidates]
    return tuple(Hostile(OfferDocument, 18).objects(real, HOW_MANY))


@cache
def hostile_catalogue() -> Catalogue:
    """The hostile offers under names of their own, among real ones."""
    real = [candidate.offer for candidate in real_catalogue().candidates][:REAL]
    return build([*real, *{offer.id: offer for offer in hostile_offers()}.values()], 1)


def answered(question: MatchRequest) -> Answer:
    asked = Asked(
        question.profile,
        question.need,
        frozenset(question.kinds or ()),
        DEFAULT_WEIGHTS,
        question.limit,
    )
    found = answer(asked, hostile_catalogue(), packaged_gpu_table(), NOW)
    private_json(answer_view(found))
    return found


def test_what_is_taken_can_be_read_back():
    for offer in hostile_offers():
        assert parse_json(OfferDocument, dump_json(offer)) == offer


def test_no_offer_is_left_out_of_an_answer():
    LEFT_OUT.clear()
    assert "faulty" not in answered(ASKED).hidden
    assert LEFT_OUT == {}


def test_every_question_is_answered():
    LEFT_OUT.clear()
    for question in Hostile(MatchRequest, 19).objects([ASKED], HOW_MANY):
        answered(question)
    assert LEFT_OUT == {}
