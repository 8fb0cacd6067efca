import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.spelling.texts import cleaned_tree
from aiff_kit.http import strict_json
from aiff_kit.problems import Problem

texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=5)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff",
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        rb'{"a": "\u0000"}',
        rb'{"a": "\ud800"}',
        rb'{"\ud800": 1}',
        b"[" + b"1," * 2_000 + b"1]",
        b"{" + b",".join(b'"k%d":1' % n for n in range(2_001)) + b"}",
        b"[" * 100_000,
        b"[" * 65 + b"]" * 65,
    ],
)
def test_what_json_leaves_to_chance_is_refused(raw):
    with pytest.raises(Problem) as caught:
        strict_json(raw)
    assert caught.value.kind.status == 400


def test_plain_json_is_read():
    assert strict_json('{"é": [1, 2.5, null, true, "\\ud83d\\ude00"]}'.encode()) == {
        "é": [1, 2.5, None, True, "😀"]
    }


@given(json_values)
def test_what_a_serialiser_writes_is_read_back_with_its_texts_cleaned(value):
    assert strict_json(json.dumps(value).encode()) == cleaned_tree(value)


def test_a_password_is_read_as_it_is_typed():
    assert strict_json(b'{"email": " a@b.fr ", "password": " x "}') == {
        "email": "a@b.fr",
        "password": " x ",
    }
