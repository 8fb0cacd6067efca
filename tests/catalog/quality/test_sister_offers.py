"""Sister offers on every family: their words are alike, their meanings tell them apart.

That no two offers of the whole catalogue are taken for one is shown in `test_likeness`.
"""

import shutil

import pytest
from tests.catalog.support import CATALOGUE, on_both_families

from aiff_catalog.loading.adapters import read_folder
from aiff_catalog.quality.application.duplicate_pairs import PairQuery
from aiff_kit.encoder import EncoderUnavailableError

pytestmark = on_both_families
# Pairs that words alone take for one offer; with the others there are more than one step encodes.
SISTERS = (
    *("jei", "jeic", "jeir", "station-f-fighters", "station-f-founders"),
    *("bpi-digital-venture", "bpi-large-venture", "pret-amorcage", "pret-amorcage-invest"),
)
OTHERS = sorted(path.stem for path in (CATALOGUE / "network").glob("*.yaml"))[:20]


@pytest.fixture
def search_settings(search_settings):
    return {**search_settings, "CATALOG_ENCODER": "sentences"}


@pytest.fixture(scope="module")
def sisters(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sisters")
    shutil.copytree(CATALOGUE / "organisations", folder / "organisations")
    for slug in (*SISTERS, *OTHERS):
        (listing,) = CATALOGUE.glob(f"*/{slug}.yaml")
        (folder / listing.parent.name).mkdir(exist_ok=True)
        shutil.copy(listing, folder / listing.parent.name)
    return folder


@pytest.fixture
def loaded(place, sisters):
    place.catalog.loader.load(read_folder(sisters))
    place.drain()
    place.clock.advance(seconds=6)
    return place


def pairs(place):
    shown = place.catalog.quality.duplicates.page(PairQuery(limit=100))
    return [(one.first.slug, one.second.slug) for one in shown]


def test_nothing_is_compared_until_every_vector_is_there(loaded):
    assert loaded.catalog.quality.duplicate_job.step() == 0
    loaded.catalog.indexing.embeddings.step()
    loaded.clock.advance(seconds=6)
    assert loaded.catalog.quality.duplicate_job.step() == 0
    loaded.look_for_duplicates()
    assert pairs(loaded) == []


def test_a_vector_that_is_to_be_made_again_is_waited_for_too(place):
    place.publish("ferme")
    place.look_for_duplicates()
    with place.catalog.base.open() as uow:
        uow.embeddings.outdate("another model")
        uow.commit()
    place.clock.advance(days=2)
    assert place.catalog.quality.duplicate_job.step() == 0
    place.learn()
    place.clock.advance(seconds=6)
    assert place.catalog.quality.duplicate_job.step() == 1


def test_without_an_encoder_words_decide_alone(loaded, monkeypatch):
    """What cannot come is not waited for."""

    def unavailable(_):
        raise EncoderUnavailableError("no model")

    monkeypatch.setattr(loaded.catalog.base.encoder, "encode", unavailable)
    loaded.look_for_duplicates()
    assert len(pairs(loaded)) >= 4
