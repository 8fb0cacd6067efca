"""What is known is said with its unit, in both languages."""

import pytest

from aiff_contracts.attributes import ATTRIBUTES
from aiff_matching.profiles.domain.wording import measure_text
from aiff_matching.shared.intervals import Between

UNITS = sorted({one.unit for one in ATTRIBUTES.values() if one.unit})


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_of_an_attribute_has_its_words(unit: str) -> None:
    plain, said = measure_text(Between(3, 3), ""), measure_text(Between(3, 3), unit)
    assert said.fr != plain.fr
    assert said.en != plain.en
    assert unit not in said.fr
