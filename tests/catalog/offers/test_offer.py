"""The life of an offer: every step in every state, and what each keeps."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from tests.catalog.support import NOW, content

from aiff_catalog.offers.domain import offer as offers
from aiff_catalog.offers.domain import pending as texts
from aiff_catalog.offers.domain.offer import LiveState
from aiff_catalog.offers.domain.pending import STEPS, Comment, PendingState
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import (
    CatalogueError,
    IllegalTransitionError,
    NothingPendingError,
    OutdatedBaseError,
    StaleVersionError,
)
from aiff_kit.ids import new_id

LATER = NOW + timedelta(days=1)
OTHER = content("bourse", keywords=["aide"])
MOVES = {
    "submit": lambda text: texts.submitted(text, NOW),
    "recall": texts.recalled,
    "claim": lambda text: texts.claimed(text, "relecteur"),
    "release": texts.released,
    "request_changes": lambda text: texts.answered(
        text, (Comment(pointer="", text="non"),), "r", 3
    ),
    "reject": lambda text: texts.rejected(text, "hors sujet", "r", 3),
    "schedule": lambda text: texts.scheduled(text, LATER, "relecteur"),
    "unschedule": lambda text: texts.unscheduled(text, NOW),
}
LEADS_TO = {
    "submit": "submitted",
    "recall": "draft",
    "claim": "in_review",
    "release": "submitted",
    "request_changes": "changes_requested",
    "reject": "rejected",
    "schedule": "scheduled",
    "unschedule": "in_review",
}


@pytest.fixture
def drafted():
    return offers.draft(new_id(), content("bourse"), "autrice", NOW)


@pytest.fixture
def published(drafted):
    return offers.publish(drafted, NOW)


def in_state(state, drafted, published):
    """Return an offer whose live state is this one."""
    if state == "unpublished":
        return drafted
    if state == "published":
        return published
    how = {"suspended": "suspend", "expired": "expire", "archived": "archive"}[state]
    return offers.hide(published, how, "fini", NOW)


@pytest.mark.parametrize("state", get_args(PendingState))
@pytest.mark.parametrize("step", MOVES)
def test_a_step_leads_on_from_its_states_and_from_no_other(drafted, step, state):
    text = replace(drafted.pending, state=state)
    if state in STEPS[step]:
        assert MOVES[step](text).state == LEADS_TO[step]
    else:
        with pytest.raises(IllegalTransitionError):
            MOVES[step](text)


@pytest.mark.parametrize("state", get_args(PendingState))
def test_a_refused_text_is_not_published(drafted, state):
    offer = replace(drafted, pending=replace(drafted.pending, state=state))
    if state in {"changes_requested", "rejected"}:
        with pytest.raises(IllegalTransitionError):
            offers.publish(offer, NOW)
    else:
        assert offers.publish(offer, NOW).state == "published"


HIDES = {"suspend": {"published"}, "expire": {"published"}}
HIDES["archive"] = {"unpublished", "published", "suspended", "expired"}


@pytest.mark.parametrize("state", get_args(LiveState))
@pytest.mark.parametrize("how", HIDES)
def test_an_offer_is_hidden_only_from_where_that_makes_sense(drafted, published, how, state):
    offer = in_state(state, drafted, published)
    if state in HIDES[how]:
        hidden = offers.hide(offer, how, "fini", LATER)
        assert (hidden.withdrawn_at, hidden.withdrawal_reason) == (LATER, "fini")
        assert hidden.text == offer.text
    else:
        with pytest.raises(IllegalTransitionError):
            offers.hide(offer, how, "fini", LATER)


@pytest.mark.parametrize("state", get_args(LiveState))
def test_what_is_hidden_comes_back_with_its_text(drafted, published, state):
    offer = in_state(state, drafted, published)
    if state in {"suspended", "expired", "archived"}:
        back = offers.reinstate(offer, LATER)
        assert (back.state, back.content, back.withdrawn_at) == ("published", offer.text, None)
        assert back.published_at == NOW
        assert back.live_version == back.version
    else:
        with pytest.raises(IllegalTransitionError):
            offers.reinstate(offer, LATER)


def test_a_draft_that_was_archived_comes_back_as_a_draft(drafted):
    back = offers.reinstate(offers.hide(drafted, "archive", "erreur", NOW), LATER)
    assert (back.state, back.pending.state, back.content) == ("unpublished", "draft", None)


def test_every_change_raises_the_version_by_one(published):
    edited = offers.revise(published, OTHER, "autrice", LATER)
    again = offers.publish(edited, LATER)
    hidden = offers.hide(again, "archive", "fini", LATER)
    back = offers.reinstate(hidden, LATER)
    steps = (published, edited, again, hidden, back, offers.restate(back, LATER))
    assert [one.version for one in steps] == [2, 3, 4, 5, 6, 7]


def test_readers_keep_the_old_text_until_the_new_one_is_approved(published):
    edited = offers.revise(published, OTHER, "autrice", LATER)
    assert edited.content == content("bourse")
    assert (edited.live_version, edited.working) == (published.version, OTHER)
    approved = offers.publish(edited, LATER)
    assert (approved.content, approved.pending) == (OTHER, None)
    assert approved.live_version == approved.version


@pytest.mark.parametrize("state", get_args(PendingState))
def test_an_edit_takes_a_text_out_of_review_and_notes_its_editor(drafted, state):
    offer = replace(drafted, pending=replace(drafted.pending, state=state, waiting_since=NOW))
    edited = offers.revise(offer, OTHER, "partenaire", LATER).pending
    kept = "changes_requested" if state == "changes_requested" else "draft"
    assert (edited.state, edited.waiting_since, edited.approved_by) == (kept, None, None)
    assert edited.editors == ("autrice", "partenaire")


def test_a_text_goes_back_to_the_reviewer_who_had_it(drafted):
    asked = texts.answered(
        texts.claimed(texts.submitted(drafted.pending, NOW), "relecteur"),
        (Comment(pointer="/title", text="trop long"),),
        "relecteur",
        4,
    )
    again = texts.submitted(asked, LATER)
    assert (again.state, again.reviewer, again.waiting_since) == ("in_review", "relecteur", LATER)
    assert (again.comments[0].pointer, again.reviewed) == ("/title", 4)


def test_a_released_text_keeps_its_place_in_the_queue(drafted):
    waiting = texts.claimed(texts.submitted(drafted.pending, NOW), "relecteur")
    released = texts.released(waiting)
    assert (released.reviewer, released.waiting_since) == (None, NOW)


def test_a_revision_of_a_text_that_changed_meanwhile_is_not_published(published):
    edited = offers.revise(published, OTHER, "autrice", LATER)
    reloaded = offers.publish_text(edited, content("bourse", languages=["fr"]), LATER)
    assert reloaded.pending == edited.pending
    with pytest.raises(OutdatedBaseError):
        offers.publish(reloaded, LATER)
    again = offers.revise(reloaded, OTHER, "autrice", LATER)
    assert offers.publish(again, LATER).content == OTHER


def test_a_new_name_of_an_organisation_does_not_outdate_a_revision(published):
    edited = offers.revise(published, OTHER, "autrice", LATER)
    assert offers.publish(offers.restate(edited, LATER), LATER).content == OTHER


def test_discarding_leaves_what_readers_see_and_needs_something_to_discard(drafted, published):
    edited = offers.revise(published, OTHER, "autrice", LATER)
    assert offers.discard(edited, LATER).working == content("bourse")
    with pytest.raises(NothingPendingError):
        offers.discard(published, LATER)
    with pytest.raises(IllegalTransitionError):
        offers.discard(drafted, LATER)


def test_an_archived_offer_is_not_edited(published):
    with pytest.raises(IllegalTransitionError):
        offers.revise(offers.hide(published, "archive", "fini", NOW), OTHER, "autrice", LATER)


def test_only_names_that_readers_knew_are_kept_as_former_ones(drafted):
    renamed = offers.publish(offers.revise(drafted, content("aide"), "a", NOW), NOW)
    assert renamed.former_slugs == ()
    again = offers.publish(offers.revise(renamed, content("bourse"), "a", NOW), NOW)
    assert again.former_slugs == ("aide",)
    back = offers.publish(offers.revise(again, content("aide"), "a", NOW), NOW)
    assert back.former_slugs == ("bourse",)


def test_a_writer_names_the_newest_version_or_the_one_that_readers_see(published):
    offers.require_version(published, None)
    edited = offers.revise(published, OTHER, "autrice", LATER)
    discarded = offers.discard(edited, LATER)
    offers.require_version(discarded, discarded.version)
    offers.require_version(discarded, published.version)
    for stale in (published.version, 1, 99):
        with pytest.raises(StaleVersionError):
            offers.require_version(edited, stale)


def test_a_refused_step_says_from_which_states_it_is_possible(published):
    edited = offers.revise(published, OTHER, "autrice", LATER)
    with pytest.raises(CatalogueError, match=r"recall.*draft.*in_review, submitted"):
        texts.recalled(edited.pending)


@pytest.mark.parametrize(
    ("limited_to", "may"), [(None, True), ("genci", True), ("inria", False), ("", False)]
)
def test_a_limited_author_may_write_only_what_their_organisation_provides(limited_to, may):
    written = content(
        organisations=[
            {"organisation": "genci", "role": "provider"},
            {"organisation": "inria", "role": "funder"},
        ]
    )
    assert Authorship(author="a", limited_to=limited_to).may_write(written) is may
