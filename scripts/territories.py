"""Build the tables of territories from official data, committed beside the code that reads them.

France: the npm package `@etalab/decoupage-administratif` (INSEE's official geography, La Poste's
postal codes; data under the Licence Ouverte 2.0, code MIT): `npm pack` it, unpack it, and name
its folder. Countries: ISO 3166-1 with the names of Unicode's CLDR, as the library Babel has them.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import babel
from babel import Locale
from babel.core import get_global

TARGET = Path(__file__).resolve().parents[1] / "libs/contracts/src/aiff_contracts/territory"
# In CLDR and no country: groups, outlying parts without a code of their own, tests of software.
NO_COUNTRIES = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ")
)
# The Lyon metropolis has the rights of a department in a part of one (ISO 3166-2: FR-69M).
LYON_METROPOLIS, LYON_CODE = "200046977", "69M"
# The communes that lists of places offer; any other one is known too.
NAMED_COMMUNES = (
    "75056", "91471", "91312", "34172", "91106", "38185", "31555", "06088", "69123", "13055",
    "59350", "35238", "44109", "67482", "33063", "54395",
)  # fmt: skip
LETTERED = frozenset(("2A", "2B"))
# Communes of Guadeloupe until the collectivities of 2007, which the package's history leaves out.
LEFT_GUADELOUPE = {"97123": "97701", "97127": "97801"}
OLDER = ("commune-deleguee", "commune-associee")
Json = dict[str, Any]


def read(folder: Path, name: str) -> list[Json]:
    """Return a table of the package."""
    table: list[Json] = json.loads((folder / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return table


def divisions(folder: Path, version: str) -> Json:
    """Return countries, regions, departments and some communes, and where they are from."""
    names = {one["code"]: one["nom"] for one in read(folder, "communes") if is_in_force(one)}
    return {
        "source": f"@etalab/decoupage-administratif {version} (INSEE, code officiel géographique"
        f" 2026; Licence Ouverte 2.0); CLDR by Babel {babel.__version__} (Unicode licence)",
        "countries": dict(countries()),
        "regions": {
            one["code"]: one["nom"] for one in read(folder, "regions") if one["zone"] != "com"
        },
        "departments": {
            one["code"]: [one["nom"], None if one["zone"] == "com" else one["region"]]
            for one in read(folder, "departements")
        },
        "intercommunalities": intercommunalities(folder),
        "communes": {code: names[code] for code in NAMED_COMMUNES},
    }


def intercommunalities(folder: Path) -> dict[str, list[str]]:
    """Return the groups of communes that make up each department whose code has a letter.

    Formats that want digits in a code can write such a department as all of its groups.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    covered = set()
    for one in read(folder, "epci"):
        departments = {member["code"][:2] for member in one["membres"]}
        covered |= {member["code"] for member in one["membres"]}
        for department in departments & LETTERED:
            assert departments == {department}, one["nom"]  # noqa: S101 - else it is no part.
            found[department].append(f"EPCI-{one['code']}")
    inside = {one["code"] for one in read(folder, "communes") if is_in_force(one)}
    assert not {code for code in inside - covered if code[:2] in LETTERED}  # noqa: S101
    return {department: sorted(found[department]) for department in sorted(LETTERED)}


def is_in_force(commune: Json) -> bool:
    """Tell whether a row is a commune of today, and no part of one."""
    return bool(commune["type"] == "commune-actuelle")


def countries() -> Iterator[tuple[str, Json]]:
    """Yield each country of ISO 3166-1 and Kosovo: both names, and its other codes of letters."""
    french, english = (Locale(language).territories for language in ("fr", "en"))
    others: defaultdict[str, list[str]] = defaultdict(list)
    for code, meant in get_global("territory_aliases").items():
        if len(meant) == 1 and code.isalpha():
            others[meant[0]].append(code)
    for code in sorted(french):
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES:  # noqa: PLR2004  ISO alpha-2.
            names = [french[code], english[code].replace(" & ", " and ")]
            yield code, {"names": names, "others": sorted(others[code])}


def communes(folder: Path, version: str) -> Iterator[str]:
    """Yield the lines of the table of communes and municipal arrondissements, by their codes.

    Code, name, inhabitants, what contains it where its first digits do not say so, postal codes,
    former codes, names of the communes that it was made of.
    """
    rows = read(folder, "communes")
    in_force = {one["code"]: one for one in rows if is_in_force(one)}
    former, names = older(rows, in_force)
    metropolis = members(folder)
    yield f"# @etalab/decoupage-administratif {version}: INSEE, code officiel géographique 2026;"
    yield "# La Poste, base officielle des codes postaux. Licence Ouverte 2.0."
    arrondissements = (one for one in rows if one["type"] == "arrondissement-municipal")
    for one in sorted((*in_force.values(), *arrondissements), key=lambda row: row["code"]):
        code = one["code"]
        cells = (
            code,
            one["nom"],
            str(one.get("population", "")),
            one.get("commune") or (LYON_CODE if code in metropolis else ""),
            " ".join(one.get("codesPostaux", ())),
            " ".join(sorted(former[code])),
            "|".join(sorted(names[code])),
        )
        yield "\t".join(cells).rstrip("\t")


def older(
    rows: list[Json], in_force: Mapping[str, Json]
) -> tuple[defaultdict[str, set[str]], defaultdict[str, set[str]]]:
    """Return the former codes and the former names that each commune in force stands for.

    A delegated or associated commune lies in its chief commune, whatever a history says.
    """
    leads_to = {code: one["code"] for one in rows for code in one.get("anciensCodes", ())}
    leads_to |= LEFT_GUADELOUPE
    names: defaultdict[str, set[str]] = defaultdict(set)
    for one in rows:
        if one["type"] in OLDER:
            chief = one["chefLieu"]
            if one["code"] not in in_force:
                leads_to[one["code"]] = chief
            if one["nom"] != in_force[chief]["nom"]:
                names[chief].add(one["nom"])
    former: defaultdict[str, set[str]] = defaultdict(set)
    for code, chief in leads_to.items():
        if code not in in_force:
            former[chief].add(code)
    return former, names


def members(folder: Path) -> frozenset[str]:
    """Return the communes of the Lyon metropolis."""
    whole = next(one for one in read(folder, "epci") if one["code"] == LYON_METROPOLIS)
    return frozenset(one["code"] for one in whole["membres"])


def main(folder: Path) -> None:
    """Write both tables."""
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    lines = "\n".join(communes(folder, version))
    (TARGET / "communes.tsv").write_text(f"{lines}\n", encoding="utf-8")
    text = json.dumps(divisions(folder, version), ensure_ascii=False, indent=0)
    (TARGET / "divisions.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
