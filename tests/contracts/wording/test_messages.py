"""What is said about faults has its French, wherever it is written."""

import ast
import time
from pathlib import Path

import pytest

from aiff_catalog.imports.domain.cells import WANTED
from aiff_contracts.messages import _LONGEST, _written, in_french

ROOT = Path(__file__).parents[3]
# Where what people send is judged: every message there is said in both languages.
JUDGING = (
    "libs/contracts/src/aiff_contracts/offer",
    "libs/contracts/src/aiff_contracts/spelling",
    "libs/contracts/src/aiff_contracts/language.py",
    "libs/contracts/src/aiff_contracts/rules.py",
    "libs/contracts/src/aiff_contracts/territory",
    "libs/contracts/src/aiff_contracts/vocabulary.py",
    "libs/kit/src/aiff_kit/http/strict.py",
    "libs/kit/src/aiff_kit/outbound/addresses.py",
    "services/catalog/src/aiff_catalog/imports",
    "services/matching/src/aiff_matching/profiles/domain",
    "services/matching/src/aiff_matching/shared/intervals.py",
)
COMPOSED = {"x cells for x columns; x", "x is not x"}
SAYING = {"Fault", "CellFault", "FileRefusedError", "CellError", "RefusedAddressError"}


def said(node):
    """Return the text of an expression with `x` where the case fills something in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(one.value if isinstance(one, ast.Constant) else "x" for one in node.values)
    if isinstance(node, ast.BinOp):
        sides = said(node.left), said(node.right)
        return None if None in sides else "".join(sides)
    return None


def messages_of(tree):
    """Yield what is assigned to `message` or `detail` or given to what tells a fault."""
    for node in ast.walk(tree):
        values = []
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values = [node.value] if node.targets[0].id in {"message", "detail"} else []
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYING:
            values = node.args
        yield from (text for value in values if " " in ((text := said(value)) or ""))


def written():
    for place in JUDGING:
        path = ROOT / place
        for file in [path] if path.suffix else sorted(path.rglob("*.py")):
            for text in messages_of(ast.parse(file.read_text(encoding="utf-8"))):
                yield file.name, text


def test_every_message_about_what_people_send_has_its_french():
    found = list(written())
    assert len(found) > 90
    # A sentence that goes on is put together where it is said.
    whole = [one for one in found if not one[1].endswith(" ") and one[1] not in COMPOSED]
    assert [one for one in whole if in_french(one[1]) == one[1]] == []


def test_what_a_cell_should_have_been_has_its_french():
    for wanted in WANTED.values():
        assert in_french(f"'1' is not {wanted}").startswith("'1' n'est pas ")
    for question in ("is a quote missing?", "was the file cut off?"):
        assert "cellules" in in_french(f"3 cells for 2 columns; {question}")


def test_every_line_fills_in_the_same_and_no_english_is_written_twice():
    pairs = list(_written())
    assert len({english for english, _ in pairs}) == len(pairs)
    for english, french in pairs:
        assert french, english
        assert english.count("{}") == french.count("{}"), english


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("required field is missing", "ce champ est obligatoire et manque"),
        ("String should have at least 3 characters", "écrivez au moins 3 caractères"),
        ("'30/11' is not a date as YYYY-MM-DD", "'30/11' n'est pas une date AAAA-MM-JJ"),
        (
            "line 3: not CSV: unexpected end of data",
            "ligne 3 : pas du CSV : un guillemet n'est pas refermé",
        ),
        (
            "/x: the column 'x' comes twice; /y: the file has no column 'y'",
            "/x : la colonne 'x' vient deux fois; /y : le fichier n'a pas de colonne 'y'",
        ),
        (
            "'€€€' is no currency: write its code of ISO 4217, such as EUR or USD",
            "'€€€' n'est pas une devise : écrivez son code ISO 4217, comme EUR ou USD",
        ),
        ("what nobody translated", "what nobody translated"),
    ],
)
def test_a_message_is_said_in_french_with_what_the_case_fills_in(english, french):
    assert in_french(english) == french


def test_what_somebody_writes_into_a_message_makes_no_work():
    hostile = [" is not a ", "; /a: ", "x is ", "/: ", " x "]
    begun = time.process_time()
    for text in hostile * 20:
        in_french((text * _LONGEST)[:_LONGEST])
    assert time.process_time() - begun < 1
