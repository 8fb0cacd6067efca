"""The rules of tokens and of what they open."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_gateway.credentials.domain.credentials import (
    Credential,
    CredentialKind,
    digest_of,
    is_token,
    issue,
)
from aiff_gateway.credentials.domain.errors import ScopesNotHeldError
from aiff_gateway.credentials.domain.scopes import effective_scopes, key_scopes
from aiff_kit.auth import Scope


@given(st.frozensets(st.sampled_from(Scope)), st.frozensets(st.sampled_from(Scope)))
def test_a_key_never_holds_more_than_its_owner(wanted, held):
    try:
        granted = key_scopes(wanted, frozenset(held))
    except ScopesNotHeldError:
        assert not wanted <= held - {Scope.KEYS_MANAGE, Scope.ACCOUNTS_MANAGE}
    else:
        assert granted <= held
        assert Scope.KEYS_MANAGE not in granted


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
    assert opened - {Scope.KEYS_MANAGE} <= held


@given(st.frozensets(st.sampled_from(Scope)), st.frozensets(st.sampled_from(Scope)))
def test_a_session_opens_what_the_role_gives_now_and_a_key_what_was_chosen_of_it(granted, held):
    session = effective_scopes(credential(CredentialKind.SESSION, granted), held)
    assert session == held | {Scope.KEYS_MANAGE}
    key = effective_scopes(credential(CredentialKind.API_KEY, granted), held)
    assert key == granted & held


@pytest.mark.parametrize("kind", CredentialKind)
def test_tokens_are_different_recognisable_and_kept_as_a_digest(kind):
    one, other = issue(kind), issue(kind)
    assert one.token != other.token
    assert is_token(one.token)
    assert one.token.startswith(one.prefix)
    assert one.digest == digest_of(one.token)
    assert one.token not in one.digest


@given(st.text())
def test_no_other_text_is_taken_for_a_token(text):
    assert not is_token(text)
