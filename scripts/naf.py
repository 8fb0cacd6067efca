"""Write the table of NAF codes from the lists of the State's directory of companies.

`python scripts/naf.py <folder>`: the folder holds `codes-naf-rev-2.ts` and `codes-naf-2025.ts` of
https://github.com/annuaire-entreprises-data-gouv-fr/site (MIT), in
src/utils/helpers/formatting/metadata. The nomenclatures are INSEE's (Licence Ouverte 2.0).
"""

import json
import re
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1] / "libs/contracts/src/aiff_contracts"
PATH = _PACKAGE / "nomenclatures/naf_codes.json"
_CODE = re.compile(r'^\s*"(\d\d\.\d\d[A-Z])"\s*:', re.MULTILINE)
_FILES = {"naf_rev2": "codes-naf-rev-2.ts", "naf_2025": "codes-naf-2025.ts"}
# How many sub-classes INSEE publishes: a list that was read in part is not written.
_COUNTS = {"naf_rev2": 732, "naf_2025": 747}


def table(folder: Path) -> dict[str, str]:
    """Return the sub-classes of each nomenclature, in order, separated by blanks."""
    found = {name: _CODE.findall((folder / file).read_text()) for name, file in _FILES.items()}
    if {name: len(codes) for name, codes in found.items()} != _COUNTS:
        message = "the lists do not have the number of sub-classes that INSEE publishes"
        raise SystemExit(message)
    return {name: " ".join(sorted(codes)) for name, codes in found.items()}


if __name__ == "__main__":
    source = {
        "source": "INSEE, NAF rév. 2 (2008) and NAF 2025, Licence Ouverte 2.0, as listed by "
        "annuaire-entreprises.data.gouv.fr (MIT), e20f734, 2026-07-23"
    }
    PATH.write_text(json.dumps(source | table(Path(sys.argv[1])), indent=1) + "\n")
