"""An offer that cannot be worked on is left out and named; all others stand as without it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import update
from tests.matching.documents import NOW, STARTUP, compute, grant, published

from aiff_contracts.codec import parse
from aiff_contracts.sparing import LEFT_OUT
from aiff_matching.answers.domain.matching import Asked, answer
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.offers.domain import building
from aiff_matching.offers.domain.building import CatalogueBuilder, build
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.tables import offer as offer_table

NEED = {"compute": {"gpu_hours": 100, "gpu_model": "H100-SXM"}}
ROWS = [{"amount": "2.5", "period": "gpu_hour", "gpus": 1}]


@pytest.fixture(autouse=True)
def nothing_left_out():
    LEFT_OUT.clear()


def machine(slug):
    return compute(slug, pricing={"basis": "priced", "rows": ROWS})


def absurd(slug):
    """An offer as it could be stored before amounts were bounded."""
    sound = machine(slug)
    (row,) = sound.pricing.rows
    rows = (replace(row, amount=Decimal("1E+1000000")),)
    return replace(sound, pricing=replace(sound.pricing, rows=rows))


def asked(limit=20):
    profile, need = parse(Profile, STARTUP), parse(Need, NEED)
    return Asked(profile, need, frozenset(), DEFAULT_WEIGHTS, limit)


def shown(offers, limit=20):
    found = answer(asked(limit), build(offers, 1), packaged_gpu_table(), NOW)
    return [match.scored.assessment.candidate.offer.slug for match in found.matches], found


def test_a_price_beyond_all_bounds_hides_its_offer_alone():
    others = [machine("one"), machine("two"), grant("bourse")]
    slugs, found = shown([*others, absurd("absurd")])
    assert slugs == shown(others)[0]
    assert found.hidden["faulty"] == 1


def test_what_cannot_be_explained_makes_room_for_the_next(monkeypatch):
    whole = shown([machine(name) for name in ("one", "two", "three")])[0]
    explained = "aiff_matching.answers.domain.matching._explained"
    from aiff_matching.answers.domain import matching  # noqa: PLC0415 - what is replaced.

    honest = matching._explained

    def explain(item, explainer):
        if item.assessment.candidate.offer.slug == whole[0]:
            raise ArithmeticError
        return honest(item, explainer)

    monkeypatch.setattr(explained, explain)
    slugs, found = shown([machine(name) for name in ("one", "two", "three")], limit=2)
    assert slugs == whole[1:]
    assert found.hidden["faulty"] == 1


def test_what_cannot_be_compiled_is_not_in_the_catalogue(monkeypatch):
    honest = building._candidate

    def candidate(document, neighbours):
        if document.slug == "broken":
            raise ValueError
        return honest(document, neighbours)

    monkeypatch.setattr(building, "_candidate", candidate)
    builder = CatalogueBuilder()
    first = builder.build([machine("broken")], 1)
    assert first.candidates == ()
    second = builder.build([machine("broken"), machine("one")], 2)
    assert [one.offer.slug for one in second.candidates] == ["one"]
    assert LEFT_OUT["compiling"] == 2


def test_a_copy_that_cannot_be_read_does_not_hold_up_the_others(matching):
    for one in (machine("one"), machine("two")):
        matching.offers.projection.handle(published(one))
    wanted = update(offer_table).where(offer_table.c.slug == "two")
    with matching.engine.begin() as connection:
        connection.execute(wanted.values(document=b'{"id":"x","seats":' + b"9" * 40 + b"}"))
    catalogue = matching.offers.catalogue.current()
    assert [one.offer.slug for one in catalogue.candidates] == ["one"]
