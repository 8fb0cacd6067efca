from typing import get_args

import pytest

from aiff_catalog.vocabularies.domain.labels import LABELLED, vocabularies


@pytest.mark.parametrize(("name", "labels", "values"), LABELLED, ids=[row[0] for row in LABELLED])
def test_every_code_has_its_words_and_no_word_is_left_over(name, labels, values):
    assert set(labels) == set(get_args(values))
    assert all(french and english for french, english in labels.values())


def test_forms_get_territories_sectors_and_attributes():
    found = vocabularies()
    brittany = next(one for one in found["territories"] if one["code"] == "REG-53")
    assert brittany["label"] == {"fr": "Bretagne", "en": "Brittany"}
    assert brittany["parent"] == "FR"
    assert any(one["code"] == "health" for one in found["sectors"])
    assert any(one["name"] == "headcount" for one in found["attributes"])
