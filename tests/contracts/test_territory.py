import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.territory import TERRITORIES, ancestry, canonical, contains, name_of, names_of
from aiff_contracts.territory_tables import ENGLISH


@pytest.mark.parametrize(
    ("given_code", "stored"),
    [("FR-IDF", "REG-11"), ("fr1", "REG-11"), ("FR101", "DEP-75"), ("UE", "EU"), ("fr", "FR")],
)
def test_other_names_of_a_territory_lead_to_its_code(given_code, stored):
    assert canonical(given_code) == stored


def test_a_commune_lies_in_its_department_region_country_and_the_union():
    assert ancestry("COM-91471") == (
        "COM-91471",
        "DEP-91",
        "REG-11",
        "FR",
        "EU",
        "EU-ASSOCIATED",
        "WORLD",
    )


def test_national_contains_regional_and_not_the_reverse():
    assert contains("FR", "FR-OCC")
    assert not contains("FR-OCC", "FR")
    assert not contains("FR-OCC", "COM-75056")


def test_overseas_and_corsican_communes_find_their_department():
    assert ancestry("COM-97411")[1] == "DEP-974"
    assert ancestry("COM-2A004")[1] == "DEP-2A"


@pytest.mark.parametrize("code", ["", "XX", "REG-99", "COM-1", "DEP-", "75", "COM-99999999"])
def test_an_unknown_code_is_refused(code):
    with pytest.raises(ValueError, match="unknown territory"):
        canonical(code)


@given(st.sampled_from(sorted(TERRITORIES)))
def test_every_territory_ends_in_the_world(code):
    line = ancestry(code)
    assert line[-1] == "WORLD"
    assert len(set(line)) == len(line)
    assert all(name_of(code))


def test_territories_are_named_in_both_languages_in_the_order_given():
    assert names_of(["AT", "REG-53"]) == ("Autriche, Bretagne", "Austria, Brittany")
    assert names_of(["COM-35001"]) == ("COM-35001", "COM-35001")


def test_every_english_name_is_of_a_territory_that_exists():
    assert set(ENGLISH) <= set(TERRITORIES)
