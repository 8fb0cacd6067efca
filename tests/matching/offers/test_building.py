"""A catalogue that is built from the one before is equal to one that is built from nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.matching.documents import NOW, both, compute, grant
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.codec import parse
from aiff_contracts.offer import FundingDetails, OfferDocument, Stacking, Text
from aiff_contracts.offer.intake import ClosedForGood
from aiff_matching.answers.domain.matching import Answer, Asked, answer
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.offers.domain.building import CatalogueBuilder, build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.offers.domain.relevance import term_weights
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile

GPUS = packaged_gpu_table()
NEEDS = ({"description": "prêt d'amorçage pour un robot"}, {"compute": {"gpu_hours": 500}})
PROFILE = {"organisation_type": "startup", "country": "FR", "prior_aid": [], "trl": 5}


def _renamed(offer: OfferDocument) -> OfferDocument:
    return replace(offer, title=Text(fr=f"{offer.title.fr} robot", en="another name"))


def _excluding(offer: OfferDocument) -> OfferDocument:
    if not isinstance(offer.details, FundingDetails):
        return offer
    stacking = Stacking(excludes=("bourse-french-tech",), capped_by_own_equity=True)
    return replace(offer, details=replace(offer.details, stacking=stacking))


def _closed(offer: OfferDocument) -> OfferDocument:
    return replace(offer, intake=ClosedForGood())


def _ruleless(offer: OfferDocument) -> OfferDocument:
    return replace(offer, eligibility=replace(offer.eligibility, rule=None))


CHANGES: tuple[Callable[[OfferDocument], OfferDocument], ...] = (
    _renamed,
    _excluding,
    _closed,
    _ruleless,
)
steps = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from(("remove", "restore", *CHANGES))),
    min_size=1,
    max_size=6,
)


def _answers(catalogue: Catalogue) -> list[Answer]:
    embedding = np.ones(8, np.float32)
    return [
        answer(
            Asked(
                parse(Profile, PROFILE),
                parse(Need, need),
                frozenset(),
                DEFAULT_WEIGHTS,
                5,
                embedding,
            ),
            catalogue,
            GPUS,
            NOW,
        )
        for need in NEEDS
    ]


def _assert_equal(found: Catalogue, offers: Sequence[OfferDocument], vectors: dict) -> None:
    fresh = build(offers, found.revision, vectors)
    assert found.candidates == fresh.candidates
    assert found.titles == fresh.titles
    assert _answers(found) == _answers(fresh)
    for words in ("robot", "prêt d'amorçage", "another name"):
        read = fresh.texts.reader.read(words)
        assert found.texts.reader.read(words) == read
        again = fresh.texts.relevance(read, None).tolist()
        assert found.texts.relevance(read, None).tolist() == again


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_any_sequence_of_changes_gives_what_a_build_from_nothing_gives(changes: list) -> None:
    real = [candidate.offer for candidate in real_catalogue().candidates][:61]
    source = np.random.default_rng(1)
    vectors = {offer.id: source.normal(size=8).astype(np.float32) for offer in real[::2]}
    present, builder = {offer.id: offer for offer in real}, CatalogueBuilder()
    builder.build(present.values(), 1, vectors)
    for number, change in changes:
        offer = real[number % len(real)]
        if change == "remove":
            present.pop(offer.id, None)
        else:
            present[offer.id] = offer if change == "restore" else change(offer)
        vectors.pop(offer.id, None)
        found = builder.build(present.values(), 2, vectors)
    _assert_equal(found, list(present.values()), vectors)


def test_only_the_offers_that_changed_or_name_it_are_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[str] = []
    monkeypatch.setattr(
        "aiff_matching.offers.domain.building.term_weights",
        lambda texts: compiled.append(texts.slugs[0]) or term_weights(texts),
    )
    names = {"stacking": {"needs_prior": ["first"]}}
    offers = [grant("first"), grant("second", details=names), grant("third"), compute("machine")]
    builder = CatalogueBuilder()
    builder.build(offers, 1)
    compiled.clear()
    renamed = replace(offers[0], title=parse(Text, both("autre")))
    found = builder.build([renamed, *offers[1:]], 2)
    assert compiled == ["first", "second"]
    _assert_equal(found, [renamed, *offers[1:]], {})


def test_what_offers_left_behind_is_dropped_sometimes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aiff_matching.offers.domain.building._LEAST_COMPILED", 0)
    builder, offers = CatalogueBuilder(), [grant("first"), compute("machine")]
    for number in range(20):
        word = f"mot{number}"
        changed = [replace(offers[0], title=Text(fr=word, en=word)), offers[1]]
        found = builder.build(changed, number)
    assert len(found.texts.words.numbers) < 40
    _assert_equal(found, changed, {})
