"""Each term stands once in the glossary, and its names in the code and in the API exist."""

import ast
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from runpy import run_path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Row(NamedTuple):
    french: str
    english: str
    meaning: str
    code: str
    api: str


def rows() -> list[Row]:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    found = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if re.match(r"\| (?!-|français )", line)
    ]
    return [Row(*row) for row in found]


ROWS = rows()


@cache
def names_in_the_code() -> frozenset[str]:
    """Return what is named: packages, classes, functions, fields, constants, and codes."""
    found: set[str] = set()
    for path in [*ROOT.glob("libs/*/src/**/*.py"), *ROOT.glob("services/*/src/**/*.py")]:
        found |= {path.stem, path.parent.name}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.Name(id=name):
                    found.add(name)
                case ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                    found.add(name)
                case ast.Constant(value=str(name)):
                    found.add(name)
    return frozenset(found)


@cache
def names_in_the_api() -> frozenset[str]:
    """Return the schemas, properties, parameters and codes of the API document."""
    document = json.loads((ROOT / "docs/api/openapi.json").read_text(encoding="utf-8"))
    found = set(document["components"]["schemas"])
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        if isinstance(node, dict):
            properties = node.get("properties")
            found |= set(properties) if isinstance(properties, dict) else set()
            found |= {one for one in node.get("enum", ()) if isinstance(one, str)}
            found |= {one for one in (node.get("const"), node.get("name")) if isinstance(one, str)}
            waiting += node.values()
    return frozenset(found)


def test_the_page_says_what_the_portal_s_pages_say():
    rendered = run_path(str(ROOT / "scripts" / "glossary.py"))["rendered"]
    assert (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8") == rendered()


def test_there_are_terms_with_a_definition_of_one_sentence():
    assert len(ROWS) > 100
    for row in ROWS:
        assert row.meaning.endswith("."), row.french
        assert not re.search(r"\. [A-Z]", row.meaning), row.french


@pytest.mark.parametrize("column", ["french", "english"])
def test_no_term_stands_twice(column):
    counted = Counter(getattr(row, column).lower() for row in ROWS)
    assert [term for term, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.english)
def test_the_names_of_a_term_exist(row):
    assert row.code.strip("`") in names_in_the_code()
    assert row.api == "-" or row.api.strip("`") in names_in_the_api()
