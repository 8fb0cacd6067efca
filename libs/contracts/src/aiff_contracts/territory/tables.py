# ruff: noqa: E501
"""What the official tables leave to be said: who belongs to what, and the other names of places.

`divisions.json` and `communes.tsv` beside it are built by `scripts/territories.py`, and say from
what. Here are the memberships by treaty, ISO 3166-2 and NUTS in their editions, and English names.
"""

import json
from importlib.resources import files
from typing import Any

OFFICIAL: dict[str, Any] = json.loads(
    files("aiff_contracts").joinpath("territory/divisions.json").read_bytes()
)
# All groups of communes of the departments whose code has a letter, which some formats cannot
# write.
INTERCOMMUNALITIES: dict[str, tuple[str, ...]] = {
    f"DEP-{number}": tuple(groups) for number, groups in OFFICIAL["intercommunalities"].items()
}
# The member states of the Union.
MEMBERS = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
# Countries associated to Horizon Europe or Digital Europe, and overseas countries and territories
# of member states that are countries of ISO 3166-1: who is established there may take part in the
# Union's programmes (Council Decision (EU) 2021/1764; TFEU, annex II).
ASSOCIATED = frozenset(
    [
        "AL",
        "AM",
        "BA",
        "CH",
        "FO",
        "GB",
        "GE",
        "IL",
        "IS",
        "LI",
        "MD",
        "ME",
        "MK",
        "NO",
        "RS",
        "TN",
        "TR",
        "UA",
        "XK",
    ]
)
OVERSEAS_COUNTRIES = frozenset(["AW", "BQ", "CW", "GL", "SX"])
# Of a member state, and in the Union with it (TFEU, article 355(4)).
PARTS_OF_COUNTRIES = {"AX": "FI"}
# French territories outside the Union although France is in it. Articles 349 and 355(1) TFEU name
# the outermost regions (the five overseas regions and Saint-Martin), which are inside; annex II
# names the overseas countries, with Saint-Barthélemy since 2012 (Decision 2010/718/EU). Nothing
# names Clipperton, which is no programme's either.
OVERSEAS_FRANCE = frozenset(("DEP-975", "DEP-977", "DEP-984", "DEP-986", "DEP-987", "DEP-988"))
CLIPPERTON = "DEP-989"
# Number of a region: ISO 3166-2 and NUTS in force, and the codes that it had before.
REGIONS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "11": ("FR-IDF", "FR1", ("FR-J", "FR10")),
    "24": ("FR-CVL", "FRB", ("FR-F", "FR24", "FRB0")),
    "27": ("FR-BFC", "FRC", ()),
    "28": ("FR-NOR", "FRD", ()),
    "32": ("FR-HDF", "FRE", ()),
    "44": ("FR-GES", "FRF", ()),
    "52": ("FR-PDL", "FRG", ("FR-R", "FR51", "FRG0")),
    "53": ("FR-BRE", "FRH", ("FR-E", "FR52", "FRH0")),
    "75": ("FR-NAQ", "FRI", ()),
    "76": ("FR-OCC", "FRJ", ()),
    "84": ("FR-ARA", "FRK", ()),
    "93": ("FR-PAC", "FRL", ("FR-U", "FR82", "FRL0")),
    "94": ("FR-20R", "FRM", ("FR-H", "FR-COR", "FR83", "FRM0")),
    "01": ("FR-971", "FRY1", ("GP", "GLP", "FR-GP", "FR-GUA", "FR91", "FR910", "FRA1", "FRA10", "FRY10")),
    "02": ("FR-972", "FRY2", ("MQ", "MTQ", "FR-MQ", "FR92", "FR920", "FRA2", "FRA20", "FRY20")),
    "03": ("FR-973", "FRY3", ("GF", "GUF", "FR-GF", "FR93", "FR930", "FRA3", "FRA30", "FRY30")),
    "04": ("FR-974", "FRY4", ("RE", "REU", "FR-RE", "FR-LRE", "FR94", "FR940", "FRA4", "FRA40", "FRY40")),
    "06": ("FR-976", "FRY5", ("YT", "MYT", "FR-YT", "FR-MAY", "FRA5", "FRA50", "FRY50")),
}  # fmt: skip
# Overseas collectivities, by the numbers that they have beside the departments: ISO 3166-1.
COLLECTIVITIES = {
    "975": ("PM", "SPM"), "977": ("BL", "BLM"), "978": ("MF", "MAF"), "984": ("TF", "ATF"),
    "986": ("WF", "WLF"), "987": ("PF", "PYF"), "988": ("NC", "NCL"), "989": ("CP", "CPT"),
}  # fmt: skip
# INSEE's number of a region until 2015: its name, the region that it went into, ISO 3166-2 of its
# time, NUTS 2013 and NUTS since 2016 (level 2), and its departments in the order of NUTS level 3.
FORMER_REGIONS: dict[str, tuple[str, str, str, str, str, str]] = {
    "21": ("Champagne-Ardenne", "44", "FR-G", "FR21", "FRF2", "08 10 51 52"),
    "22": ("Picardie", "32", "FR-S", "FR22", "FRE2", "02 60 80"),
    "23": ("Haute-Normandie", "28", "FR-Q", "FR23", "FRD2", "27 76"),
    "25": ("Basse-Normandie", "28", "FR-P", "FR25", "FRD1", "14 50 61"),
    "26": ("Bourgogne", "27", "FR-D", "FR26", "FRC1", "21 58 71 89"),
    "31": ("Nord-Pas-de-Calais", "32", "FR-O", "FR30", "FRE1", "59 62"),
    "41": ("Lorraine", "44", "FR-M", "FR41", "FRF3", "54 55 57 88"),
    "42": ("Alsace", "44", "FR-A", "FR42", "FRF1", "67 68"),
    "43": ("Franche-Comté", "27", "FR-I", "FR43", "FRC2", "25 39 70 90"),
    "54": ("Poitou-Charentes", "75", "FR-T", "FR53", "FRI3", "16 17 79 86"),
    "72": ("Aquitaine", "75", "FR-B", "FR61", "FRI1", "24 33 40 47 64"),
    "73": ("Midi-Pyrénées", "76", "FR-N", "FR62", "FRJ2", "09 12 31 32 46 65 81 82"),
    "74": ("Limousin", "75", "FR-L", "FR63", "FRI2", "19 23 87"),
    "82": ("Rhône-Alpes", "84", "FR-V", "FR71", "FRK2", "01 07 26 38 42 69 73 74"),
    "83": ("Auvergne", "84", "FR-C", "FR72", "FRK1", "03 15 43 63"),
    "91": ("Languedoc-Roussillon", "76", "FR-K", "FR81", "FRJ1", "11 30 34 48 66"),
}  # fmt: skip
# The other regions' departments, in the order of NUTS level 3: before and since 2016.
NUTS3_OF_REGIONS = (
    ("FR10", "FR10", "75 77 78 91 92 93 94 95"),
    ("FR24", "FRB0", "18 28 36 37 41 45"),
    ("FR51", "FRG0", "44 49 53 72 85"),
    ("FR52", "FRH0", "22 29 35 56"),
    ("FR82", "FRL0", "04 05 06 13 83 84"),
    ("FR83", "FRM0", "2A 2B"),
)
METROPOLIS_GROUP = "EPCI-200046977"
# Paris has a code of its own as a collectivity, that of Alsace has the extent of the former region.
OTHER_NAMES = {
    "FR-75C": "DEP-75", "FR-75": "DEP-75", "FR-6AE": "REG-42", "DEP-6AE": "REG-42",
    "FR-69M": "DEP-69M", METROPOLIS_GROUP: "DEP-69M", "FR3": "REG-31", "EL": "GR", "UE": "EU",
}  # fmt: skip
# English names of what CLDR does not name; what is not here has the same name in both languages.
ENGLISH = {
    "WORLD": "World", "EU-ASSOCIATED": "EU and associated countries", "EU": "European Union",
    "REG-28": "Normandy", "REG-53": "Brittany", "REG-94": "Corsica", "REG-03": "French Guiana",
    "REG-04": "Réunion", "DEP-973": "French Guiana", "DEP-974": "Réunion", "REG-22": "Picardy",
    "REG-23": "Upper Normandy", "REG-25": "Lower Normandy", "REG-26": "Burgundy",
    "DEP-975": "Saint Pierre and Miquelon", "DEP-984": "French Southern and Antarctic Lands",
    "DEP-986": "Wallis and Futuna", "DEP-987": "French Polynesia", "DEP-988": "New Caledonia",
    "DEP-989": "Clipperton Island", "DEP-69M": "Lyon Metropolis",
}  # fmt: skip
