"""What somebody may do in an organisation follows from their role there and from nothing else."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_gateway.accounts.domain.roles import PLATFORM_SCOPES, Role
from aiff_gateway.organisations.domain.errors import (
    InvalidOrganisationError,
    LastAdministratorError,
)
from aiff_gateway.organisations.domain.organisations import (
    MemberRole,
    Membership,
    Organisation,
    OrganisationKind,
    check_administered_without,
    checked_name,
    slug_from,
)
from aiff_gateway.organisations.domain.rights import (
    ADVISABLE,
    SCOPES_IN,
    Adviser,
    adviser_rights,
    member_rights,
    own_rights,
)
from aiff_kit.auth import Scope

NOW = datetime(2026, 11, 30, tzinfo=UTC)
ADA, BEA = UUID(int=1), UUID(int=2)
DECIDING = {"keys:manage", "teams:manage", "startups:transfer"}
ROLES = st.sampled_from(Role)
KINDS = st.sampled_from(OrganisationKind)
PLACES = st.sampled_from(MemberRole)


def organisation(kind: OrganisationKind) -> Organisation:
    return Organisation(slug="exaion", name="Exaion", kind=kind, created_at=NOW)


def membership(role: MemberRole, person: UUID = ADA) -> Membership:
    return Membership(organisation="exaion", person=person, role=role, since=NOW)


@given(ROLES, KINDS, PLACES)
def test_every_right_is_one_that_services_know(role, kind, place):
    rights = member_rights(role, organisation(kind), membership(place))
    known = {scope.value for scope in Scope}
    assert rights.scopes | own_rights(role).scopes <= known


@pytest.mark.parametrize("kind", OrganisationKind)
def test_each_role_may_do_all_that_the_one_before_may(kind):
    member, editor, administrator = (SCOPES_IN[kind][place] for place in MemberRole)
    assert member < editor < administrator
    assert administrator - editor == {"keys:manage", "teams:manage"}


@given(ROLES, KINDS, PLACES)
def test_a_platform_role_is_held_wherever_its_holder_belongs(role, kind, place):
    rights = member_rights(role, organisation(kind), membership(place))
    assert rights.scopes >= PLATFORM_SCOPES[role]
    assert rights.scopes - PLATFORM_SCOPES[role] - {"keys:manage"} <= SCOPES_IN[kind][place]
    assert (rights.organisation, rights.acting_for) == ("exaion", None)


@given(KINDS, PLACES)
def test_only_partners_touch_listings_and_only_the_others_needs(kind, place):
    scopes = SCOPES_IN[kind][place]
    applicant = {"startups:read", "startups:write", "introductions:request"}
    listings = {"offers:write", "offers:history", "introductions:answer", "startups:find"}
    assert scopes.isdisjoint(applicant if kind is OrganisationKind.PARTNER else listings)


@given(KINDS, st.frozensets(st.sampled_from(Scope)))
def test_an_adviser_never_does_more_than_was_named_nor_decides_who_else_acts(kind, named):
    adviser = Adviser(organisation="exaion", person=BEA, scopes=named, named_by=ADA, since=NOW)
    rights = adviser_rights(organisation(kind), adviser)
    assert rights.scopes <= named & ADVISABLE
    assert rights.scopes.isdisjoint(DECIDING)
    assert (rights.organisation, rights.acting_for) == (None, "exaion")
    if kind is not OrganisationKind.PARTNER:
        assert rights.scopes == named & ADVISABLE


@given(st.lists(PLACES, min_size=1, max_size=6), st.data())
def test_whoever_leaves_an_administrator_stays(places, data):
    members = [membership(place, UUID(int=n)) for n, place in enumerate(places)]
    leaving = data.draw(st.sampled_from(members))
    rest = [one for one in members if one is not leaving]
    if any(one.administers for one in rest):
        check_administered_without(members, leaving.person)
    else:
        with pytest.raises(LastAdministratorError):
            check_administered_without(members, leaving.person)


@given(st.text(max_size=200), st.text("0123456789abcdef", min_size=6, max_size=6))
def test_a_slug_is_one_whatever_the_name_and_ends_with_its_tail(name, tail):
    slug = slug_from(name, tail)
    assert slug.endswith(f"-{tail}")
    assert len(slug) <= 80
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug[0] != "-"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Exaïon & Fils", "exaion-fils-00"), ("日本", "team-00"), ("  --  ", "team-00")],
)
def test_a_slug_says_the_name(name, slug):
    assert slug_from(name, "00") == slug


@pytest.mark.parametrize("name", ["", " ", "a", "--", "x" * 121])
def test_a_name_that_says_nothing_is_refused(name):
    with pytest.raises(InvalidOrganisationError):
        checked_name(name)


def test_a_name_is_kept_in_one_form():
    assert checked_name("  Exai\u0308on \n SAS ") == "Exaïon SAS"
