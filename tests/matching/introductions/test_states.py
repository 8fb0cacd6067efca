"""The states of an introduction, over every state, action and part; consent and reminders."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.codec import Faults, dump_json, parse_json
from aiff_contracts.offer import Text
from aiff_matching.answers.domain.explanation import Reasons
from aiff_matching.introductions.domain.consent import (
    FIELDS,
    Consent,
    faults_of_fields,
    redacted,
    shown,
)
from aiff_matching.introductions.domain.dossiers import Dossier, Evidence, Told
from aiff_matching.introductions.domain.follow_up import FollowUp
from aiff_matching.introductions.domain.introductions import (
    MOVES,
    STATES,
    Action,
    Actor,
    AskedOffer,
    Introduction,
    Role,
    moves_open_to,
)
from aiff_matching.introductions.domain.ratings import Rating
from aiff_matching.introductions.domain.refusals import Refusal, Settlement
from aiff_matching.introductions.domain.reminders import next_due, ticked
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.errors import NotAllowedError, StateError

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ID = UUID("01900000-0000-7000-8000-000000000000")
EVIDENCE = Evidence(
    verdict="eligible",
    if_open="eligible",
    reasons=Reasons((), (), (), ()),
    score=0.5,
    contributions=(),
    offer_version=1,
    catalogue_revision=1,
    evaluated_at=NOW,
)
DOSSIER = Dossier(
    message="Bonjour", contact=None, profile={}, need={}, evidence=EVIDENCE, verdict=None
)
CONSENT = Consent(fields=(), wording="1", given_by="alice", given_at=NOW)
ROLES: tuple[Role, ...] = ("startup", "partner", "curator", "clock")
# Written out, not derived: from which states which part may do what, and where it leads.
LEGAL = {
    ("partner", "see"): {"requested": "seen"},
    ("partner", "take_care"): {"requested": "taking_care", "seen": "taking_care"},
    ("partner", "finish"): {"taking_care": "done"},
    ("partner", "finish_without_help"): {"taking_care": "done_no_help"},
    ("partner", "report_unreachable"): {"taking_care": "not_reachable"},
    ("partner", "decline"): dict.fromkeys(("requested", "seen", "taking_care"), "declined"),
    ("startup", "withdraw"): dict.fromkeys(("requested", "seen", "taking_care"), "withdrawn"),
    ("startup", "give_consent"): {s: s for s in ("requested", "seen", "taking_care")},
    ("startup", "withdraw_consent"): {state: state for state in STATES},
    ("startup", "rate"): {s: s for s in ("done", "done_no_help")},
    ("curator", "settle"): {s: s for s in ("requested", "seen", "declined", "expired")},
    ("clock", "expire"): {"requested": "expired", "seen": "expired"},
    ("clock", "remind"): {s: s for s in ("requested", "seen", "taking_care")},
    ("clock", "propose"): {"expired": "expired"},
}
ACTIONS = sorted({action for _, action in LEGAL})


def an_introduction(state: str = "requested", **changes: object) -> Introduction:
    made = Introduction(
        id=ID,
        tenant="org:acme",
        startup_id=ID,
        need_id=ID,
        offer=AskedOffer(ID, "aide", "funding", Text(fr="Aide", en="Aid"), "genci"),
        told=Told(message="Bonjour", contact=None),
        evidence=EVIDENCE,
        snapshot_hash="0" * 64,
        consents=(CONSENT,),
        shared=DOSSIER,
        follow_up=FollowUp(),
        requested_at=NOW,
        updated_at=NOW,
        waiting_since=NOW,
    ).begun(Actor("startup", "alice"))
    return replace(made, state=state, **changes)


def done(item: Introduction, action: str, by: Actor) -> Introduction:
    """Do an action that is not refused for another reason than state or part."""
    special = {
        "decline": lambda: item.declined(Refusal("no_capacity"), (), by, NOW),
        "give_consent": lambda: item.consenting(CONSENT, DOSSIER, by, NOW),
        "withdraw_consent": lambda: item.without_consent(by, NOW),
        "rate": lambda: item.rated(Rating(overall=3), by, NOW),
        "settle": lambda: item.settled(Settlement("rien", NOW), (), by, NOW),
        "remind": lambda: item.reminded(1, by, NOW),
        "propose": lambda: item.with_proposals((), by, NOW),
    }
    return special[action]() if action in special else item.moved(action, by, NOW)


def test_every_action_is_in_the_table() -> None:
    known = {name for part in get_args(Action) for name in (get_args(part) or (part,))}
    assert known - {"request"} == set(ACTIONS)


@pytest.mark.parametrize(("state", "action", "role"), list(product(STATES, ACTIONS, ROLES)))
def test_only_the_right_part_moves_a_request_only_where_it_leads(
    state: str, action: str, role: Role
) -> None:
    item, by = an_introduction(state), Actor(role, "somebody")
    legal = LEGAL.get((role, action))
    if legal is None:
        with pytest.raises(NotAllowedError):
            done(item, action, by)
    elif state not in legal:
        with pytest.raises(StateError):
            done(item, action, by)
    else:
        moved = done(item, action, by)
        assert moved.state == legal[state]
        assert moved.version == item.version + 1
        assert (moved.last.action, moved.last.role, moved.last.state) == (
            action,
            role,
            legal[state],
        )


@pytest.mark.parametrize(("state", "role"), list(product(STATES, ROLES)))
def test_what_is_offered_to_do_is_what_can_be_done(state: str, role: Role) -> None:
    offered = set(moves_open_to(an_introduction(state), role))
    assert offered == {m for m in MOVES if state in LEGAL.get((role, m), {})}


def test_what_is_done_once_is_done_once() -> None:
    rated = done(an_introduction("done"), "rate", Actor("startup", "a"))
    with pytest.raises(StateError, match="rated"):
        done(rated, "rate", Actor("startup", "a"))
    settled = done(an_introduction("declined"), "settle", Actor("curator", "c"))
    with pytest.raises(StateError, match="settled"):
        done(settled, "settle", Actor("curator", "c"))
    with pytest.raises(StateError, match="no consent"):
        done(an_introduction(shared=None), "withdraw_consent", Actor("startup", "a"))


def test_another_reason_is_explained() -> None:
    by = Actor("partner", "p")
    with pytest.raises(Faults, match="other reason"):
        an_introduction().declined(Refusal("other", "  "), (), by, NOW)
    assert an_introduction().declined(Refusal("other", "Fusion."), (), by, NOW).refusal


def test_a_consent_taken_back_keeps_its_first_date() -> None:
    taken = CONSENT.taken_back("alice", NOW)
    assert taken.taken_back("bob", NOW + timedelta(days=1)) == taken


def test_a_request_is_read_back_as_it_was() -> None:
    item = done(an_introduction(), "decline", Actor("partner", "p"))
    assert parse_json(Introduction, dump_json(item)) == item


def test_fields_are_those_of_profile_and_need() -> None:
    assert len(FIELDS) == len(fields(Profile)) + len(fields(Need)) + 2
    assert faults_of_fields(FIELDS) == []
    assert [fault.pointer for fault in faults_of_fields(["contact", "tenant"])] == ["/fields/1"]


@given(st.sets(st.sampled_from(FIELDS)))
def test_what_is_not_consented_to_is_gone(names: set[str]) -> None:
    profile = Profile(name="Secret", country="FR", headcount=4, sites=("DEP-75",), trl=3)
    need = Need(title="Titre", description="caché", eu_project=True)
    seen_profile, seen_need = redacted(profile, need, names)
    for prefix, item, seen in (("profile.", profile, seen_profile), ("need.", need, seen_need)):
        empty = type(item)()
        for field in fields(item):
            kept = item if f"{prefix}{field.name}" in names else empty
            assert getattr(seen, field.name) == getattr(kept, field.name)
        assert {f"{prefix}{name}" for name in shown(item, prefix, names)} == {
            name for name in names if name.startswith(prefix)
        }


@pytest.mark.parametrize("days", [(0,), (9, 9), (21, 9), (9, 60), (61,)])
def test_days_that_do_not_grow_are_refused(days: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="must grow"):
        FollowUp(reminders=days, expires=60)


@given(
    st.lists(st.integers(1, 2000).map(lambda hours: timedelta(hours=hours)), max_size=30),
    st.sampled_from(["requested", "seen", "taking_care"]),
)
def test_the_clock_reminds_of_each_day_once_and_rests_when_it_has_acted(
    waits: list[timedelta], state: str
) -> None:
    item, now, told = an_introduction(state), NOW, []
    for wait in waits:
        now += wait
        after = ticked(item, now)
        assert ticked(after, now) == after
        if after.reminders != item.reminders:
            told.append(after.reminders)
        item = after
    passed = (now - NOW).days
    assert told == sorted(set(told))
    if item.state == "expired":
        assert state != "taking_care"
        assert passed >= 60
        assert next_due(item) is None
    else:
        assert item.reminders == sum(day <= passed for day in (9, 21, 45))
        assert state == "taking_care" or passed < 60
