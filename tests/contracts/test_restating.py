"""Stored places from before every place was known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.territory import canonical_or_none, contains
from aiff_contracts.territory.restating import Restated, restate, restated


@pytest.mark.parametrize(
    ("stored", "today"),
    [
        ("COM-75056", "COM-75056"),
        ("COM-01340", "COM-01015"),
        ("COM-33000", "COM-33063"),
        ("COM-75011", "COM-75111"),
        ("COM-97150", "COM-97801"),
        ("COM-20000", "COM-2A004"),
        # Several communes of one department, of two, and numbers that nobody knows.
        ("COM-01960", "DEP-01"),
        ("COM-13780", "REG-93"),
        ("COM-33999", "DEP-33"),
        ("COM-97199", "DEP-971"),
        ("COM-99138", None),
        ("COM-00000", None),
    ],
)
def test_a_stored_commune_is_what_was_meant(stored, today):
    assert restated(stored) == today


def test_a_postal_code_of_several_communes_is_the_place_around_them():
    assert restated("COM-33650") == "DEP-33"


def test_a_stored_document_keeps_all_but_codes_of_no_commune():
    stored = {
        "profile": {"country": "FR", "sites": ["COM-33000", "DEP-75", "COM-99138"]},
        "territories": ["COM-00000"],
        "data_locations": ["fr", "GP", "anywhere"],
        "keywords": ["COM-33000"],
        "rule": {
            "type": "all",
            "rules": [
                {"type": "cmp", "attribute": "sites", "value": ["COM-69009", "COM-00000"]},
                {"type": "cmp", "attribute": "legal_form", "value": ["COM-33000"]},
            ],
        },
    }
    document, told = restate(stored)
    assert document == stored | {
        "profile": {"country": "FR", "sites": ["COM-33063", "DEP-75"]},
        "territories": None,
        "data_locations": ["fr", "GP"],
    }
    assert told == (
        Restated("/profile/sites/0", "COM-33000", "COM-33063"),
        Restated("/profile/sites/2", "COM-99138", None),
        Restated("/territories/0", "COM-00000", None),
        Restated("/data_locations/2", "anywhere", None),
    )


@given(st.from_regex(r"\ACOM-(97[1-6]\d{2}|2[AB]\d{3}|\d{5})\Z"))
def test_what_passed_for_a_commune_is_a_place_of_today_that_stays_itself(stored):
    today = restated(stored)
    assert today is None or canonical_or_none(today) == today
    if canonical_or_none(stored) is not None:
        assert today == canonical_or_none(stored)
    if today is not None:
        assert contains("FR", today)
