import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.territory import (
    TERRITORIES,
    ancestry,
    canonical,
    canonical_or_none,
    contains,
    find,
    name_of,
    names_of,
)
from aiff_contracts.territory.places import OTHER_CODES
from aiff_contracts.territory.tables import ENGLISH, FORMER_REGIONS, OFFICIAL

UNION, PROGRAMMES = "EU", "EU-ASSOCIATED"


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
    assert names_of(["COM-35001"]) == ("Acigné", "Acigné")


def test_every_english_name_is_of_a_territory_that_exists():
    assert set(ENGLISH) <= set(TERRITORIES)


# TFEU, articles 349 and 355; annex II; Decision 2010/718/EU on Saint-Barthélemy.
@pytest.mark.parametrize(
    ("code", "in_union", "in_programmes"),
    [
        ("COM-97801", True, True),
        ("COM-97105", True, True),
        ("COM-97608", True, True),
        ("MF", True, True),
        ("COM-97701", False, True),
        ("COM-97502", False, True),
        ("COM-98735", False, True),
        ("COM-98818", False, True),
        ("COM-98613", False, True),
        ("TF", False, True),
        ("COM-98901", False, False),
    ],
)
def test_overseas_france_is_in_france_and_where_the_treaties_say(code, in_union, in_programmes):
    assert contains("FR", code)
    assert contains(UNION, code) is in_union
    assert contains(PROGRAMMES, code) is in_programmes
    assert contains("WORLD", code)


@pytest.mark.parametrize(
    ("part", "city"),
    [
        ("COM-75101", "COM-75056"),
        ("COM-75120", "COM-75056"),
        ("COM-69385", "COM-69123"),
        ("COM-13216", "COM-13055"),
    ],
)
def test_an_arrondissement_lies_in_its_city_and_not_the_reverse(part, city):
    assert contains(city, part)
    assert not contains(part, city)
    assert ancestry(part)[1:] == ancestry(city)


@pytest.mark.parametrize(
    ("given_code", "stored"),
    [
        # Communes that were merged, in one department and over its border.
        ("COM-01340", "COM-01015"),
        ("COM-02344", "COM-51171"),
        # Corsica before 1976, the Seine department before 1968.
        ("COM-20004", "COM-2A004"),
        ("COM-75048", "COM-93048"),
        # ISO 3166-2 in force, until 2015, and of the collectivities.
        ("FR-75C", "DEP-75"),
        ("FR-20R", "REG-94"),
        ("FR-H", "REG-94"),
        ("FR-6AE", "REG-42"),
        ("FR-A", "REG-42"),
        ("FR-NC", "DEP-988"),
        ("FR-69M", "DEP-69M"),
        # ISO 3166-1 of what lies in France, and three letters.
        ("GP", "REG-01"),
        ("PYF", "DEP-987"),
        ("DEU", "DE"),
        ("UK", "GB"),
        ("EL", "GR"),
        # NUTS 2024, 2013 and 2010.
        ("FRK26", "DEP-69"),
        ("FR716", "DEP-69"),
        ("FR71", "REG-82"),
        ("FRF1", "REG-42"),
        ("FR910", "REG-01"),
        ("FRM02", "DEP-2B"),
        ("REG-978", "DEP-978"),
    ],
)
def test_former_and_other_codes_lead_to_the_place_of_today(given_code, stored):
    assert canonical(given_code) == stored
    assert canonical(given_code.lower()) == stored


@pytest.mark.parametrize(
    ("asked", "code", "line"),
    [
        # Communes merged in 2014, 2017 and 2025 under their codes and names of before.
        ("COM-63266", "COM-63255", "DEP-63"),
        ("Anctoville", "COM-14581", "DEP-14"),
        ("Andrezé", "COM-49023", "DEP-49"),
        ("COM-93059", "COM-93066", "DEP-93"),
        # Communes that left a merger again.
        ("COM-85165", "COM-85165", "DEP-85"),
        ("COM-60054", "COM-60054", "DEP-60"),
        # The postal code begins as those of Guadeloupe.
        ("97150", "COM-97801", "DEP-978"),
        ("97133", "COM-97701", "DEP-977"),
        ("98800", "COM-98818", "DEP-988"),
        ("COM-97411", "COM-97411", "REG-04"),
        # The same number is INSEE's and a postal code of one arrondissement.
        ("75116", "COM-75116", "COM-75056"),
        # What people write for a city of arrondissements.
        ("75000", "COM-75056", "DEP-75"),
        ("13000", "COM-13055", "DEP-13"),
        # Eurostat's own letters, and an outermost region as a country.
        ("EL", "GR", "EU"),
        ("RE", "REG-04", "EU"),
        ("MF", "DEP-978", "EU"),
    ],
)
def test_a_place_that_other_systems_lost_is_found_where_it_lies(asked, code, line):
    assert find(asked, 1)[0].code == code
    assert line in ancestry(code)


def test_a_region_that_was_lies_in_the_one_of_today_and_holds_its_departments():
    for number, (_, region, *_, listed) in FORMER_REGIONS.items():
        assert contains(f"REG-{region}", f"REG-{number}")
        for department in listed.split():
            line = ancestry(f"DEP-{department}")
            assert line[:3] == (f"DEP-{department}", f"REG-{number}", f"REG-{region}")


def test_the_metropolis_of_lyon_holds_its_communes_and_no_other_of_the_department():
    assert contains("DEP-69M", "COM-69266")
    assert not contains("DEP-69M", "COM-69264")
    assert contains("DEP-69", "COM-69264")


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("COM-33000", "33000 is a postal code; .*: COM-33063 \\(Bordeaux\\)"),
        ("33000", "33000 is a postal code; .*: COM-33063"),
        ("COM-97150", "COM-97801 \\(Saint-Martin\\)"),
        ("COM-20000", "COM-2A004 \\(Ajaccio\\)"),
        # INSEE gave it to Bonneuil until 1967; who writes it today means Paris.
        ("COM-75011", "COM-75111 .*Arrondissement.*COM-94011 \\(Bonneuil-sur-Marne\\)"),
        ("COM-99138", "give EU, a country"),
        ("COM-00000", "give EU, a country"),
        ("Bordeaux", "nearest known: COM-33063"),
        ("75056", "nearest known: COM-75056"),
        ("COM-75121", "nearest known: COM-75120"),
        ("AN", "give EU, a country|nearest known"),
        ("YU", "give EU, a country|nearest known"),
    ],
)
def test_an_unknown_code_is_refused_with_what_it_may_mean(code, advice):
    with pytest.raises(ValueError, match=f"unknown territory .*{advice}"):
        canonical(code)


def test_a_commune_in_force_counts_though_its_number_is_a_postal_code_elsewhere():
    assert canonical("COM-13001") == "COM-13001"
    assert [one.code for one in find("COM-13001", 2)] == ["COM-13001", "COM-13201"]
    assert [one.code for one in find("13001", 2)] == ["COM-13201", "COM-13001"]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("33000", ["COM-33063"]),
        ("F-69003", ["COM-69383"]),
        ("33000 Cedex", ["COM-33063"]),
        ("2a", ["DEP-2A"]),
        ("75", ["DEP-75", "REG-75"]),
        ("COM-01340", ["COM-01015"]),
        ("LYON", ["COM-69123", "DEP-69M"]),
        ("st denis", ["COM-97411", "COM-93066"]),
        ("ile de france", ["REG-11"]),
        ("oeuilly", ["COM-51410", "COM-02565"]),
        ("Reunion", ["REG-04", "DEP-974"]),
        ("germany", ["DE"]),
        ("monaco", ["MC"]),
        ("Arbignieu", ["COM-01015"]),
        ("marseille 1er", ["COM-13201"]),
        ("nouv cal", []),
        ("", []),
        ("  ", []),
    ],
)
def test_a_place_is_found_by_name_code_or_postal_code(asked, first):
    assert [one.code for one in find(asked, 5)][: len(first) or 5] == first


@given(st.text(max_size=40), st.integers(1, 50))
def test_whatever_is_asked_known_places_are_answered_and_no_more_than_wanted(asked, most):
    found = find(asked, most)
    assert len(found) <= most
    assert len({one.code for one in found}) == len(found)
    assert all(canonical(one.code) == one.code for one in found)


@given(st.text(max_size=30) | st.from_regex(r"\A(COM|DEP|REG)-[0-9AB]{1,6}\Z"))
def test_a_code_is_known_or_refused_and_what_is_known_stays_itself(code):
    found = canonical_or_none(code)
    if found is None:
        with pytest.raises(ValueError, match="unknown territory"):
            canonical(code)
    else:
        assert canonical(found) == found
        assert ancestry(found)[0] == found


def test_no_other_code_hides_a_territory():
    assert not OTHER_CODES.keys() & TERRITORIES.keys()
    assert set(OTHER_CODES.values()) <= set(TERRITORIES)


def test_every_part_of_the_official_tables_is_used():
    assert {f"REG-{number}" for number in OFFICIAL["regions"]} <= set(TERRITORIES)
    assert {f"DEP-{number}" for number in OFFICIAL["departments"]} <= set(TERRITORIES)
