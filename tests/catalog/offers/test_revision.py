import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aiff_catalog.offers.domain.revision import Change, diff
from aiff_kit.merge_patch import merged

scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
names = st.text(alphabet="ab/~", min_size=1, max_size=3)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)
objects = st.dictionaries(names, values, max_size=4)


def applied(before: Any, changes: tuple[Change, ...]) -> Any:
    """Put each change's new value at its place; absent members are null, as in documents."""
    result = copy.deepcopy(before)
    for change in changes:
        if not change.pointer:
            return change.after
        parts = [
            part.replace("~1", "/").replace("~0", "~") for part in change.pointer.split("/")[1:]
        ]
        current = result
        for part in parts[:-1]:
            current = current[int(part)] if isinstance(current, list) else current[part]
        last = parts[-1]
        current[int(last) if isinstance(current, list) else last] = change.after
    return result


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: without_nulls(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


@given(objects, objects)
def test_the_changes_lead_from_before_to_after(before, after):
    reached = applied(before, diff(before, after))
    assert without_nulls(reached) == without_nulls(after)


@given(values)
def test_equal_values_have_no_changes(value):
    assert diff(value, copy.deepcopy(value)) == ()


def test_a_change_names_the_field_and_both_values():
    before = {"title": {"fr": "Bourse", "en": "Grant"}, "rows": [{"amount": "1"}]}
    after = {"title": {"fr": "Aide", "en": "Grant"}, "rows": [{"amount": "2"}]}
    assert diff(before, after) == (
        Change("/title/fr", "Bourse", "Aide"),
        Change("/rows/0/amount", "1", "2"),
    )


def test_true_and_one_are_different():
    assert diff({"a": True}, {"a": 1}) == (Change("/a", True, 1),)


def test_lists_of_another_length_are_one_change():
    assert diff({"a": [1]}, {"a": [1, 2]}) == (Change("/a", [1], [1, 2]),)


def test_a_merge_patch_follows_the_examples_of_its_standard():
    # RFC 7396, appendix A.
    assert merged({"a": "b"}, {"a": "c"}) == {"a": "c"}
    assert merged({"a": "b"}, {"b": "c"}) == {"a": "b", "b": "c"}
    assert merged({"a": "b", "b": "c"}, {"a": None}) == {"b": "c"}
    assert merged({"a": ["b"]}, {"a": "c"}) == {"a": "c"}
    assert merged({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}) == {"a": {"b": "d"}}
    assert merged({"a": [{"b": "c"}]}, {"a": [1]}) == {"a": [1]}
    assert merged({"a": "foo"}, {"a": {"bb": {"ccc": None}}}) == {"a": {"bb": {}}}
