"""A GPU is found by its model, whatever memory and form stand beside its name."""

import pytest
from tests.catalog.support import both, gpu


@pytest.fixture
def machines(place):
    """Offers with the GPU of which one says its memory in words, and one with another GPU."""
    place.publish("nuage-h100", "compute", title=both("Nuage H100 80 Go"), details=gpu("H100-SXM"))
    place.publish("calculateur", "compute", title=both("Calculateur"), details=gpu("H100-SXM"))
    place.publish("cartes-h100", "compute", title=both("Cartes"), details=gpu("H100-PCIE"))
    place.publish("ancien", "compute", title=both("Partition ancienne"), details=gpu("V100"))
    place.drain()
    return place


@pytest.mark.parametrize("typed", ["H100 80 Go", "H100 80GB", "h100 80 gb", "H100 (80 Gio)"])
def test_its_memory_beside_its_name_loses_no_offer(machines, typed):
    by_model = machines.found(q="H100")
    assert {"nuage-h100", "calculateur", "cartes-h100"} <= set(by_model)
    assert set(by_model) <= set(machines.found(q=typed))


@pytest.mark.parametrize("typed", ["H100 80 Go", "H100"])
def test_another_gpu_is_not_taken_for_it(machines, typed):
    assert "ancien" not in machines.found(q=typed)
