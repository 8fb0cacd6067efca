"""A service learns from the signed identity exactly who calls, for whom, and what they may do."""

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_kit.auth import IdentityError, IdentitySigner, IdentityVerifier, Principal, Scope

SECRET = "a secret that only this test knows, long enough"
IDS = st.text("abcdef0123456789-", min_size=1, max_size=36)
CALLERS = st.builds(
    Principal, IDS, st.none() | IDS, st.frozensets(st.sampled_from(Scope)), st.none() | IDS
)


@given(CALLERS)
def test_what_is_signed_is_what_is_read(caller):
    signed = IdentitySigner(SECRET).sign(caller, "matching")
    assert IdentityVerifier(SECRET, "matching").verify(signed) == caller
    with pytest.raises(IdentityError):
        IdentityVerifier(SECRET, "catalog").verify(signed)


@given(CALLERS)
def test_private_objects_belong_to_whom_somebody_acts_for(caller):
    owner = caller.acting_for or caller.organisation
    assert caller.tenant == (f"org:{owner}" if owner else caller.own_tenant)
    assert caller.own_tenant == f"sub:{caller.subject}"


def test_a_scope_of_another_release_opens_nothing_and_takes_nothing():
    claims = jwt.decode(
        IdentitySigner(SECRET).sign(Principal("ada", None, frozenset({Scope.OFFERS_WRITE})), "x"),
        SECRET,
        algorithms=["HS256"],
        audience="x",
    )
    claims["scopes"].append("moons:visit")
    signed = jwt.encode(claims, SECRET, algorithm="HS256")
    assert IdentityVerifier(SECRET, "x").verify(signed).scopes == {Scope.OFFERS_WRITE}


def test_an_identity_that_a_gateway_of_the_release_before_signed_is_read():
    caller = Principal("ada", "genci", frozenset({Scope.OFFERS_WRITE}))
    claims = jwt.decode(
        IdentitySigner(SECRET).sign(caller, "catalog"),
        SECRET,
        algorithms=["HS256"],
        audience="catalog",
    )
    del claims["acting_for"]
    before = jwt.encode(claims, SECRET, algorithm="HS256")
    assert IdentityVerifier(SECRET, "catalog").verify(before) == caller
