"""What rules may ask for is asked and answered in words, in both languages."""

import pytest

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.labels import VALUES


@pytest.mark.parametrize("attribute", ATTRIBUTES.values(), ids=lambda one: one.name)
def test_a_question_is_one_and_every_choice_has_its_words(attribute):
    assert attribute.question_fr.endswith(" ?")
    assert attribute.question_en.endswith("?")
    assert set(attribute.choices) <= set(VALUES.get(attribute.name, ()))


def test_words_are_kept_for_attributes_that_exist():
    assert set(VALUES) <= set(ATTRIBUTES)
