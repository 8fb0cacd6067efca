"""The rules of invitations and requests, on values."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_gateway.organisations.domain.errors import (
    InvitationNotFoundError,
    NotInvitedError,
    OwnRequestError,
    RequestDecidedError,
    StaleRequestError,
    TooManyInvitationsError,
)
from aiff_gateway.organisations.domain.invitations import (
    INVITATION_LIFETIME,
    MOST_A_DAY_TO_ONE,
    Invitation,
    InvitationState,
    Offered,
    check_pace,
)
from aiff_gateway.organisations.domain.organisations import MemberRole
from aiff_gateway.organisations.domain.requests import (
    RepresentationRequest,
    RequestDecision,
    RequestState,
    domain_matches,
)
from aiff_gateway.shared.tokens import digest_of, new_token

NOW = datetime(2026, 12, 1, tzinfo=UTC)
BEA = "bea@example.org"


def invitation(created_at: datetime = NOW) -> Invitation:
    return Invitation(
        id=UUID(int=1),
        organisation="exaion",
        email=BEA,
        offered=Offered(MemberRole.EDITOR),
        digest=digest_of(new_token()),
        language="fr",
        invited_by=UUID(int=2),
        created_at=created_at,
        expires_at=created_at + INVITATION_LIFETIME,
    )


@given(st.timedeltas(timedelta(0), timedelta(days=30)))
def test_an_invitation_is_accepted_once_within_its_life_by_its_address_only(passed):
    at = NOW + passed
    if passed >= INVITATION_LIFETIME:
        with pytest.raises(InvitationNotFoundError, match="expired"):
            invitation().accepted(BEA, at)
        return
    with pytest.raises(NotInvitedError):
        invitation().accepted("eve@example.org", at)
    accepted = invitation().accepted(BEA, at)
    assert accepted.state(at + INVITATION_LIFETIME) is InvitationState.ACCEPTED
    with pytest.raises(InvitationNotFoundError, match="accepted"):
        accepted.accepted(BEA, at)
    with pytest.raises(InvitationNotFoundError):
        accepted.withdrawn(at)


def test_a_withdrawn_invitation_opens_nothing():
    with pytest.raises(InvitationNotFoundError, match="withdrawn"):
        invitation().withdrawn(NOW).accepted(BEA, NOW)


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=3)), max_size=6))
def test_an_address_is_not_flooded(ages):
    before = [invitation(NOW - age) for age in ages]
    today = sum(age < timedelta(days=1) for age in ages)
    if today >= MOST_A_DAY_TO_ONE:
        with pytest.raises(TooManyInvitationsError):
            check_pace(before, BEA, NOW)
    else:
        check_pace(before, BEA, NOW)
    check_pace(before, "other@example.org", NOW)


@pytest.mark.parametrize(
    ("email", "website", "matches"),
    [
        ("a@genci.fr", "https://www.genci.fr/fr", True),
        ("a@GENCI.fr", "https://genci.fr", True),
        ("a@mail.genci.fr", "https://www.genci.fr", True),
        ("a@inria.fr", "https://hpc.inria.fr/x", True),
        ("a@notgenci.fr", "https://genci.fr", False),
        ("a@gmail.com", "https://genci.fr", False),
        ("a@fr", "https://genci.fr", False),
        ("a@genci.fr", None, None),
        ("a@genci.fr", "genci", None),
    ],
)
def test_the_domain_of_an_address_speaks_for_whoever_has_it(email, website, matches):
    assert domain_matches(email, website) is matches


def request(version: int = 1) -> RepresentationRequest:
    return RepresentationRequest(
        id=UUID(int=3),
        organisation="genci",
        name="GENCI",
        person=UUID(int=4),
        reasons="I run the allocation desk there.",
        domain_matches=True,
        created_at=NOW,
        version=version,
    )


@given(st.booleans(), st.none() | st.integers(1, 9))
def test_nobody_decides_about_their_own_request(approved, read):
    own = RequestDecision(approved, "seen", request().person, NOW)
    with pytest.raises(OwnRequestError):
        request().decided(own, read)


@given(st.booleans(), st.integers(1, 9), st.none() | st.integers(1, 9))
def test_a_request_is_decided_once_and_as_it_was_read(approved, version, read):
    decision = RequestDecision(approved, "seen", UUID(int=5), NOW)
    if read is not None and read != version:
        with pytest.raises(StaleRequestError):
            request(version).decided(decision, read)
        return
    decided = request(version).decided(decision, read)
    assert decided.state is (RequestState.APPROVED if approved else RequestState.REFUSED)
    assert decided.version == version + 1
    with pytest.raises(RequestDecidedError):
        decided.decided(decision, None)
