"""Tests that share a running product are told by one process."""

import pytest
from tests.spread import together

STORY = "tests/system/edge/test_access.py::test_a_story"


@pytest.mark.parametrize("family", ["embedded", "real"])
def test_the_stories_of_a_family_stay_together_whatever_the_file_and_the_values(family):
    other = "tests/system/catalogue/test_imports.py::test_another"
    scopes = {
        together(f"{STORY}[{family}]"),
        together(f"{STORY}[{family}-GET-/v1/offers]"),
        together(f"{STORY}[{family}-a] or [b::c]"),
        together(f"{other}[value-{family}]"),
    }
    assert scopes == {f"tests/system-{family}"}


def test_what_a_browser_tells_stays_together():
    told = {together(f"tests/browser/test_{name}.py::test_a[360-fr]") for name in "ab"}
    assert told == {"tests/browser"}


def test_everything_else_stays_with_its_file():
    assert together(f"{STORY}") == "tests/system/edge/test_access.py"
    assert together("tests/kit/test_x.py::test_y[real-::]") == "tests/kit/test_x.py"
