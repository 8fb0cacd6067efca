"""Who a company is in the registers: several fields, one list in the question."""

import pytest

from aiff_portal.needs.domain.asking.fields import field_stated
from aiff_portal.needs.domain.asking.state import state_of

SIREN = {"scheme": "siren", "value": "552100554"}
PIC = {"scheme": "pic", "value": "999993953"}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ([("siren", "552 100 554")], [SIREN]),
        ([("pic", "999 993 953")], [PIC]),
        ([("siren", "552100554"), ("pic", "999993953")], [SIREN, PIC]),
    ],
)
def test_each_number_is_an_identifier_of_its_scheme(written, asked):
    assert state_of(written).question()["profile"]["identifiers"] == asked


def test_a_number_that_is_none_is_not_sent():
    state = state_of([("pic", "99999395"), ("siren", "552100554")])
    assert list(state.faults) == ["pic"]
    assert state.question()["profile"]["identifiers"] == [SIREN]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("profile.identifiers.siren", "siren"),
        ("profile.identifiers.pic", "pic"),
        ("profile.identifiers.ror", None),
    ],
)
def test_a_dossier_finds_the_field_of_an_identifier(path, name):
    assert field_stated(path) == name


def test_a_headcount_has_halves():
    assert state_of([("headcount", "12,5")]).question()["profile"]["headcount"] == 12.5
