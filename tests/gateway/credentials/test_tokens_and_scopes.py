"""The rules of tokens and of what they open."""

import re
from datetime import UTC, datetime, timedelta
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits
from uuid import UUID
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_gateway.credentials.domain.credentials import (
    Credential,
    CredentialKind,
    is_token,
    issue,
)
from aiff_gateway.credentials.domain.errors import ScopesNotHeldError
from aiff_gateway.credentials.domain.scopes import PERSONAL, effective_scopes, key_scopes
from aiff_gateway.shared.tokens import digest_of
from aiff_kit.auth import Scope


@given(st.frozensets(st.sampled_from(Scope)), st.frozensets(st.sampled_from(Scope)))
def test_a_key_never_holds_more_than_its_owner(wanted, held):
    try:
        granted = key_scopes(wanted, frozenset(held))
    except ScopesNotHeldError:
        assert not wanted <= held - PERSONAL
    else:
        assert granted <= held
        assert granted.isdisjoint(PERSONAL)


def credential(kind: CredentialKind, granted: frozenset[str]) -> Credential:
    return Credential(
        id=UUID(int=1),
        kind=kind,
        name="n",
        prefix="aiff",
        digest="0",
        subject=UUID(int=2),
        organisation=None,
        scopes=granted,
        created_at=datetime(2026, 11, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize("kind", CredentialKind)
@given(st.frozensets(st.sampled_from(Scope)), st.frozensets(st.sampled_from(Scope)))
def test_what_an_account_lost_its_credentials_lost_too(kind, granted, held):
    opened = effective_scopes(credential(kind, granted), held)
    assert opened <= held


@given(st.frozensets(st.sampled_from(Scope)), st.frozensets(st.sampled_from(Scope)))
def test_a_session_opens_what_the_role_gives_now_and_a_key_what_was_chosen_of_it(granted, held):
    session = effective_scopes(credential(CredentialKind.SESSION, granted), held)
    assert session == held
    key = effective_scopes(credential(CredentialKind.API_KEY, granted), held)
    assert key == (granted & held) - PERSONAL


@pytest.mark.parametrize("kind", CredentialKind)
def test_tokens_are_different_recognisable_and_kept_as_a_digest(kind):
    one, other = issue(kind), issue(kind)
    assert one.token != other.token
    assert is_token(one.token)
    assert one.token.startswith(one.prefix)
    assert one.digest == digest_of(one.token)
    assert one.token not in one.digest


@pytest.mark.parametrize("kind", CredentialKind)
@given(place=st.integers(0, 10_000), sign=st.sampled_from(ascii_letters + digits))
def test_a_token_with_one_sign_changed_is_none(kind, place, sign):
    token = issue(kind).token
    changed = list(token)
    changed[place % len(token)] = sign
    assert is_token("".join(changed)) is ("".join(changed) == token)


@pytest.mark.parametrize("kind", CredentialKind)
def test_scanners_find_a_token_by_what_the_documentation_says(kind):
    token = issue(kind).token
    assert re.fullmatch(r"aiff_[ks]_[0-9a-f]{8}_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}", token)
    signs = digits + ascii_uppercase + ascii_lowercase
    checksum = sum(signs.index(one) * 62**place for place, one in enumerate(reversed(token[-6:])))
    assert checksum == crc32(token[:-6].encode())


def test_a_token_of_an_earlier_release_is_still_one():
    assert is_token(f"aiff_k_0123abcd_{'A' * 43}")


@given(st.text())
def test_no_other_text_is_taken_for_a_token(text):
    assert not is_token(text)


MADE = datetime(2026, 11, 30, tzinfo=UTC)


@given(
    st.none() | st.timedeltas(timedelta(0), timedelta(days=900)),
    st.timedeltas(timedelta(0), timedelta(days=900)),
)
def test_an_end_is_never_put_off(before, overlap):
    key = credential(CredentialKind.API_KEY, frozenset())
    if before is not None:
        key = key.ending(MADE + before)
    after = key.ending(MADE + overlap)
    assert after.expires_at == MADE + min(overlap, overlap if before is None else before)
