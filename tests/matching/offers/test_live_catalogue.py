"""The catalogue in memory follows the copy of the offers; no question waits for the next one."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from tests.matching.documents import NOW, compute, grant, published, withdrawn

from aiff_contracts.offer import OfferDocument, Text
from aiff_matching.main.matching import Matching
from aiff_matching.offers.adapters.live_catalogue import SqlLiveCatalogue
from aiff_matching.offers.domain.building import CatalogueBuilder, build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.revisions import count_revision
from aiff_matching.shared.tables import offer as offer_table

PATIENCE_SECONDS = 20
EXCLUDING = {"stacking": {"excludes": ["aid-1"], "needs_prior": ["aid-2"]}}
OFFERS = [grant("aid-0", details=EXCLUDING), grant("aid-1"), grant("aid-2"), compute("machine")]


@pytest.fixture
def live(matching: Matching) -> SqlLiveCatalogue:
    return matching.offers.catalogue


class Copy:
    """Publishes and withdraws as events do, and knows what is published."""

    def __init__(self, matching: Matching) -> None:
        self.matching, self.sequence = matching, 0
        self.published: dict[UUID, OfferDocument] = {}

    def put(self, document: OfferDocument) -> OfferDocument:
        self.sequence += 1
        newer = replace(document, version=self.sequence)
        self.matching.offers.projection.handle(published(newer, self.sequence))
        self.published[newer.id] = newer
        return newer

    def remove(self, document: OfferDocument) -> None:
        self.sequence += 1
        self.matching.offers.projection.handle(withdrawn(document, self.sequence))
        self.published.pop(document.id, None)

    def encode(self, document: OfferDocument, vector: np.ndarray, model: str) -> None:
        with self.matching.engine.begin() as connection:
            row = {"vector": vector.tobytes(), "vector_model": model, "vector_due": False}
            wanted = update(offer_table).where(offer_table.c.id == document.id).values(row)
            connection.execute(wanted)
            count_revision(connection)


@pytest.fixture
def copy(matching: Matching) -> Copy:
    return Copy(matching)


def _until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _slugs(catalogue: Catalogue) -> list[str]:
    return [candidate.offer.slug for candidate in catalogue.candidates]


def _nothing(_catalogue: Catalogue) -> None:
    """Rehearse nothing."""


def _assert_as_new(found: Catalogue, copy: Copy, vectors: dict) -> None:
    present = {one: vector for one, vector in vectors.items() if one in copy.published}
    fresh = build(copy.published.values(), found.revision, present)
    assert found.candidates == fresh.candidates
    assert found.titles == fresh.titles
    for name in ("kind", "way_rows", "way_gates", "way_ranks", "instants"):
        assert getattr(found.columns, name).tolist() == getattr(fresh.columns, name).tolist()
    embeddings, expected = found.texts.embeddings, fresh.texts.embeddings
    assert embeddings.vectors.tolist() == expected.vectors.tolist()
    rows = [None if one.rows is None else one.rows.tolist() for one in (embeddings, expected)]
    assert rows[0] == rows[1]
    for word in ("aid", "machine", "robot", "essai"):
        asked = {f"f:{word}": 1.0, f"e:{word}": 1.0}
        relevance = [one.texts.words.relevance(asked).tolist() for one in (found, fresh)]
        assert relevance[0] == relevance[1]
    nobody = Known.of(Profile(), Need(), NOW.date())
    truths = [one.truths(nobody).tolist() for one in (found, fresh)]
    assert truths[0] == truths[1]


changes = st.lists(
    st.tuples(
        st.sampled_from(("put", "rename", "remove", "encode", "encode by another")),
        st.integers(0, len(OFFERS) - 1),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes)
def test_after_any_changes_it_is_as_if_made_from_nothing(matching: Matching, steps: list) -> None:
    copy, model, vectors = Copy(matching), matching.base.encoder.model, {}
    copy.sequence = matching.offers.catalogue.newest().revision * 100
    for offer in OFFERS:
        copy.remove(offer)
    for number, (what, which, looks) in enumerate(steps):
        offer = OFFERS[which]
        if what == "put":
            copy.put(offer)
        elif what == "rename":
            copy.put(replace(offer, title=Text(fr=f"robot {number}", en="another")))
        elif what == "remove":
            copy.remove(offer)
            vectors.pop(offer.id, None)
        elif offer.id in copy.published:
            vector = np.full(4, number, np.float32)
            own = what == "encode"
            copy.encode(offer, vector, model if own else "another model")
            vectors[offer.id] = vector if own else None
        if looks:
            matching.offers.catalogue.newest()
    known = {one: vector for one, vector in vectors.items() if vector is not None}
    _assert_as_new(matching.offers.catalogue.newest(), copy, known)


def test_who_asks_without_a_thread_sees_every_change_at_once(live, copy) -> None:
    copy.put(OFFERS[0])
    assert _slugs(live.current()) == ["aid-0"]
    copy.put(OFFERS[1])
    assert _slugs(live.current()) == ["aid-0", "aid-1"]
    copy.remove(OFFERS[0])
    assert _slugs(live.current()) == ["aid-1"]


def test_a_question_does_not_wait_while_the_next_catalogue_is_made(live, copy) -> None:
    rehearsing, may_go_on = threading.Event(), threading.Event()

    def rehearse(catalogue: Catalogue) -> None:
        if len(catalogue.candidates) > 1:
            rehearsing.set()
            assert may_go_on.wait(PATIENCE_SECONDS)

    copy.put(OFFERS[0])
    live.keep_fresh(rehearse)
    _until(lambda: _slugs(live.current()) == ["aid-0"])
    before = live.current()
    copy.put(OFFERS[1])
    assert rehearsing.wait(PATIENCE_SECONDS)
    # The next one is nearly ready; meanwhile the present one answers, whole.
    assert live.current() is before
    assert _slugs(before) == ["aid-0"]
    may_go_on.set()
    _until(lambda: _slugs(live.current()) == ["aid-0", "aid-1"])
    assert _slugs(before) == ["aid-0"]


def test_the_first_question_waits_for_the_first_catalogue(live, copy) -> None:
    copy.put(OFFERS[0])
    live.keep_fresh(lambda _: time.sleep(0.3))
    assert _slugs(live.current()) == ["aid-0"]


def test_a_renewal_that_fails_leaves_the_present_in_use_and_is_tried_again(
    live, copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy.put(OFFERS[0])
    live.keep_fresh(_nothing)
    _until(lambda: _slugs(live.current()) == ["aid-0"])
    renewed, failed = CatalogueBuilder.renewed, threading.Event()

    def fails_once(builder, change, revision):
        found = renewed(builder, change, revision)
        if not failed.is_set():
            failed.set()
            raise MemoryError
        return found

    monkeypatch.setattr(CatalogueBuilder, "renewed", fails_once)
    copy.put(OFFERS[1])
    _until(failed.is_set)
    assert _slugs(live.current())[:1] == ["aid-0"]
    _until(lambda: _slugs(live.current()) == ["aid-0", "aid-1"])
    _assert_as_new(live.current(), copy, {})


def test_two_changes_during_one_renewal_are_both_seen(live, copy) -> None:
    live.keep_fresh(lambda _: time.sleep(0.1))
    for offer in OFFERS:
        copy.put(offer)
    _until(lambda: len(live.current().candidates) == len(OFFERS))
    _assert_as_new(live.current(), copy, {})


def test_the_thread_ends_with_the_service(live, copy) -> None:
    live.keep_fresh(_nothing)
    live.close()
    copy.put(OFFERS[0])
    time.sleep(0.3)
    assert _slugs(live.current()) == []
