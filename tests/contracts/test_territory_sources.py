"""The tables of territories against the official data that they were built from, row by row."""

import json
from functools import cache

import pytest
from babel import Locale
from scripts import territories as building
from tests.deploy.tools import ROOT, unavailable

from aiff_contracts.territory import TERRITORIES, ancestry, canonical, canonical_or_none, name_of
from aiff_contracts.territory.communes import by_postal_code, commune, in_force_for
from aiff_contracts.territory.hierarchy import is_ambiguous
from aiff_local.engines.base import EngineUnavailableError
from aiff_local.engines.downloads import npm_packages

OFFICIAL = ROOT / "tests/contracts/official"
# INSEE's rows say another chief commune than the package's history of codes.
CONTRADICTED = {"55273": "55386", "60455": "60694"}

# Each test walks a whole table: an example beside it covers the lines.
pytestmark = pytest.mark.no_cover


@cache
def package():
    try:
        return npm_packages(OFFICIAL) / "@etalab/decoupage-administratif"
    except EngineUnavailableError as error:
        return error


def rows(name):
    found = package()
    if isinstance(found, EngineUnavailableError):
        unavailable(found)
    return building.read(found, name)


def test_the_tables_are_what_the_script_makes_of_the_package():
    rows("regions")
    folder, target = package(), building.TARGET
    version = json.loads((folder / "package.json").read_text())["version"]
    written = (target / "communes.tsv").read_text(encoding="utf-8").splitlines()
    assert written == list(building.communes(folder, version))
    stored = json.loads((target / "divisions.json").read_text(encoding="utf-8"))
    assert stored == building.divisions(folder, version)


def test_every_commune_in_force_lies_in_its_department_region_and_country():
    wrong = [
        row["code"]
        for row in rows("communes")
        if row["type"] == "commune-actuelle" and not lies_as_stated(row)
    ]
    assert wrong == []


def lies_as_stated(row):
    line = ancestry(f"COM-{row['code']}")
    region = () if row["zone"] == "com" else (f"REG-{row['region']}",)
    stated = {f"COM-{row['code']}", f"DEP-{row['departement']}", *region, "FR", "WORLD"}
    return stated <= set(line) and name_of(line[0]) == (row["nom"], row["nom"])


def test_every_arrondissement_lies_in_its_city_and_all_that_contains_that():
    found = [row for row in rows("communes") if row["type"] == "arrondissement-municipal"]
    wrong = [
        row["code"]
        for row in found
        if ancestry(f"COM-{row['code']}")[1:] != ancestry(f"COM-{row['commune']}")
    ]
    assert len(found) == 45
    assert wrong == []


def test_every_former_code_leads_to_the_commune_in_force_or_is_refused_as_another_s_postal_code():
    wrong, ambiguous = [], []
    for row in rows("communes"):
        for former in row.get("anciensCodes", ()):
            meant = CONTRADICTED.get(former, row["code"])
            if in_force_for()[former] != meant:
                wrong.append(former)
            elif is_ambiguous(former):
                ambiguous.append(former)
            elif canonical(f"COM-{former}") != f"COM-{meant}":
                wrong.append(former)
    assert wrong == []
    # Codes of before 1976 that are postal codes of other departments today: Seine, Corsica.
    assert len(ambiguous) == 116
    assert all(canonical_or_none(f"COM-{former}") is None for former in ambiguous)


def test_every_delegated_or_associated_commune_leads_to_its_chief_commune():
    wrong = [
        row["code"]
        for row in rows("communes")
        if row["type"] in building.OLDER
        and canonical_or_none(f"COM-{row['code']}") != f"COM-{row['chefLieu']}"
        and not is_ambiguous(row["code"])
    ]
    assert wrong == []


def test_every_department_collectivity_and_region_is_a_place_under_its_own_name():
    for row in rows("departements"):
        place = TERRITORIES[f"DEP-{row['code']}"]
        parent = "FR" if row["zone"] == "com" else f"REG-{row['region']}"
        assert (place.label_fr, place.parent) == (row["nom"], parent)
    for row in rows("regions"):
        assert name_of(f"REG-{row['code']}")[0] == row["nom"]


def test_every_postal_code_is_answered_with_its_communes():
    stated = {}
    for row in rows("communes"):
        for code in row.get("codesPostaux", ()):
            stated.setdefault(code, set()).add(row["code"])
    assert by_postal_code().keys() == stated.keys() | {"75000", "69000", "13000"}
    for code, communes in stated.items():
        served = by_postal_code()[code]
        # Nothing is left out but the cities whose arrondissements are there.
        assert set(served) <= communes
        assert communes - set(served) <= {commune(insee).within for insee in served}


@pytest.mark.parametrize(("language", "place"), [("fr", 0), ("en", 1)])
def test_every_country_of_iso_3166_is_a_place_with_its_name(language, place):
    names = Locale(language).territories
    for code in names:
        if len(code) == 2 and code.isalpha() and code not in building.NO_COUNTRIES:
            found = canonical(code)
            if found == code:
                assert name_of(code)[place] == names[code].replace(" & ", " and ")
            else:
                assert "FR" in ancestry(code)
