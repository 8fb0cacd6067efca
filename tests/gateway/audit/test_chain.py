"""Whatever somebody does to the log is found, at the first place where it was done."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_gateway.audit.domain import (
    EMPTY,
    Broken,
    ChainedEntry,
    Entry,
    Head,
    chained,
    truncated,
    verified,
)

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)


def log(length: int) -> list[ChainedEntry]:
    links: list[ChainedEntry] = []
    head = EMPTY
    for number in range(length):
        entry = Entry(
            kind="key.made",
            at=AT + timedelta(seconds=number),
            actor=f"person-{number}",
            facts={"scopes": number},
        )
        links.append(chained(entry, head))
        head = Head(links[-1].position, links[-1].digest)
    return links


def head_of(links: list[ChainedEntry]) -> Head:
    return Head(links[-1].position, links[-1].digest) if links else EMPTY


@given(length=st.integers(0, 30), noted=st.integers(0, 30))
def test_an_untouched_log_holds_and_goes_on_from_every_head_that_was_noted(length, noted):
    links = log(length)
    earlier = head_of(links[:noted])
    assert verified(links, earlier) == head_of(links)


CHANGES = {
    "at": AT - timedelta(days=1),
    "actor": "somebody else",
    "subject": "x",
    "organisation": "genci",
    "acting_for": "x",
    "address": "192.0.2.0/24",
    "request_id": "x" * 8,
    "kind": "key.revoked",
    "facts": {"scopes": "1"},
}


@given(
    length=st.integers(1, 20),
    data=st.data(),
    change=st.sampled_from(sorted(CHANGES)),
)
def test_a_changed_entry_is_found_where_it_is(length, data, change):
    links = log(length)
    place = data.draw(st.integers(0, length - 1))
    changed = replace(links[place].entry, **{change: CHANGES[change]})
    links[place] = replace(links[place], entry=changed)
    found = verified(links)
    assert isinstance(found, Broken)
    assert found.position == place + 1


@given(length=st.integers(2, 20), data=st.data())
def test_a_removed_entry_is_missed_and_one_that_was_made_anew_breaks_what_follows(length, data):
    place = data.draw(st.integers(0, length - 2))
    links = log(length)
    forged = chained(replace(links[place].entry, actor="forger"), head_of(links[:place]))
    assert verified([*links[:place], *links[place + 1 :]]) == Broken(
        place + 1, "an entry is missing here"
    )
    followed = verified([*links[:place], forged, *links[place + 1 :]])
    assert followed == Broken(place + 2, "it does not follow from the entry before it")


@given(length=st.integers(1, 20), data=st.data())
def test_an_end_that_was_cut_off_or_made_anew_is_seen_by_who_noted_the_head(length, data):
    links = log(length)
    left = data.draw(st.integers(0, length - 1))
    noted = head_of(links)
    cut = verified(links[:left], noted)
    assert cut == Broken(left + 1, "the end of the log is missing")
    anew = log(0)
    for link in links:
        anew.append(chained(replace(link.entry, actor="forger"), head_of(anew)))
    assert isinstance(verified(anew), Head)
    assert isinstance(verified(anew, noted), Broken)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("testclient", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_kept_as_its_network(given, kept):
    assert truncated(given) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "Key made"},
        {"actor": "ada@example.org"},
        {"facts": {"to": "ada@example.org"}},
        {"facts": {"text": "x" * 301}},
        {"facts": {str(number): 1 for number in range(21)}},
    ],
)
def test_what_could_not_be_taken_back_is_refused(wrong):
    stated = {"kind": "key.made", "at": AT, "actor": None, **wrong}
    with pytest.raises(ValueError, match=r"entry|fact|kind"):
        Entry(**stated)
