"""A walk of thousands of random steps by random people through the life of offers.

After every step: the states are legal, readers see only texts that somebody else approved (or
reviewed files), no revision is lost, and versions grow by one.
"""

from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from tests.catalog.support import content, target

from aiff_catalog.offers.domain.pending import STEPS, Comment
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import CatalogueError
from aiff_catalog.shared.tables import offer_revision
from aiff_contracts.codec import Faults

SLUGS = ("aide", "bourse", "cours")
PEOPLE = {
    "curator": Authorship(author="curator"),
    "second": Authorship(author="second"),
    "partner": Authorship(author="partner", limited_to="genci"),
    "stranger": Authorship(author="stranger", limited_to="inria"),
    "nobody": Authorship(author="anonymous", limited_to=""),
}
CURATORS = {"curator", "second"}
MEMBERS = {*CURATORS, "partner"}
people = st.sampled_from(sorted(PEOPLE))
slugs = st.sampled_from(SLUGS)
words = st.sampled_from(("a", "b", "c", "d"))
REFUSED = {"changes_requested", "rejected"}
STEPS_IN_ALL, STEPS_IN_A_WALK = 5_000, 250


class Walk(RuleBasedStateMachine):
    """What anybody may try, in any order."""

    place: ClassVar
    taken: ClassVar[list[int]] = []

    def __init__(self):
        super().__init__()
        self.approvals = {}
        self.clean()

    def clean(self):
        """Forget the offers of the walk before: this one uses names of its own."""
        self.prefix = f"w{len(self.taken)}-"
        self.taken.append(0)
        self.versions = {}

    def attempt(self, who, allowed, action):
        """Do something; a refusal is fine, success of somebody who may not is none."""
        self.taken[-1] += 1
        try:
            offer = action(PEOPLE[who])
        except (CatalogueError, Faults):
            return None
        assert who in allowed, f"{who} did what only {sorted(allowed)} may do"
        return offer

    def named(self, slug, by):
        return target(self.prefix + slug, by)

    @rule(who=people, slug=slugs, word=words)
    def create(self, who, slug, word):
        text = content(self.prefix + slug, keywords=[word])
        self.attempt(who, MEMBERS, lambda by: self.place.catalog.offers.commands.create(text, by))

    @rule(who=people, slug=slugs, word=words)
    def edit(self, who, slug, word):
        text = content(self.prefix + slug, keywords=[word])
        edit = self.place.catalog.offers.commands.revise
        self.attempt(who, MEMBERS, lambda by: edit(self.named(slug, by), text))

    @rule(who=people, slug=slugs, step=st.sampled_from(("submit", "recall", "discard")))
    def move(self, who, slug, step):
        catalog = self.place.catalog
        commands = catalog.offers.commands if step == "discard" else catalog.reviews.commands
        move = getattr(commands, step)
        self.attempt(who, MEMBERS, lambda by: move(self.named(slug, by)))

    @rule(who=people, slug=slugs, number=st.integers(1, 12))
    def restore(self, who, slug, number):
        restore = self.place.catalog.offers.commands.restore
        self.attempt(who, MEMBERS, lambda by: restore(self.named(slug, by), number))

    @rule(who=people, slug=slugs, step=st.sampled_from(("claim", "release", "unschedule")))
    def review(self, who, slug, step):
        review = getattr(self.place.catalog.reviews.commands, step)
        self.attempt(who, CURATORS, lambda by: review(self.named(slug, by)))

    @rule(who=people, slug=slugs)
    def request_changes(self, who, slug):
        comments = (Comment(pointer="/title", text="plus court"),)
        ask = self.place.catalog.reviews.commands.request_changes
        self.attempt(who, CURATORS, lambda by: ask(self.named(slug, by), comments))

    @rule(who=people, slug=slugs)
    def reject(self, who, slug):
        reject = self.place.catalog.reviews.commands.reject
        self.attempt(who, CURATORS, lambda by: reject(self.named(slug, by), "hors sujet"))

    @rule(who=people, slug=slugs)
    def publish(self, who, slug):
        before = self.offer(slug)
        publish = self.place.catalog.reviews.commands.publish
        offer = self.attempt(who, CURATORS, lambda by: publish(self.named(slug, by)))
        if offer is not None:
            assert PEOPLE[who].author not in before.pending.editors
            assert offer.content == before.pending.content
            self.approvals[slug] = offer.content

    @rule(who=people, slug=slugs, days=st.integers(-1, 3))
    def schedule(self, who, slug, days):
        before = self.offer(slug)
        at = self.place.clock() + timedelta(days=days)
        schedule = self.place.catalog.reviews.commands.schedule
        offer = self.attempt(who, CURATORS, lambda by: schedule(self.named(slug, by), at))
        if offer is not None:
            assert PEOPLE[who].author not in before.pending.editors

    @rule(who=people, slug=slugs, how=st.sampled_from(("suspend", "archive")))
    def hide(self, who, slug, how):
        hide = self.place.catalog.reviews.commands.hide
        self.attempt(who, CURATORS, lambda by: hide(self.named(slug, by), how, "raison"))

    @rule(who=people, slug=slugs)
    def reinstate(self, who, slug):
        reinstate = self.place.catalog.reviews.commands.reinstate
        self.attempt(who, CURATORS, lambda by: reinstate(self.named(slug, by)))

    @rule(who=people, slug=slugs, into=slugs)
    def merge(self, who, slug, into):
        merge = self.place.catalog.quality.merging.merge
        kept = self.prefix + into
        self.attempt(who, CURATORS, lambda by: merge(self.named(slug, by), kept, "la même"))

    @rule(days=st.integers(1, 2))
    def time_passes(self, days):
        planned = {slug: self.offer(slug) for slug in SLUGS}
        self.place.clock.advance(days=days)
        self.place.catalog.reviews.calendar.publish_due()
        self.taken[-1] += 1
        for slug, before in planned.items():
            after = self.offer(slug)
            if before and after.text_version != before.text_version:
                assert before.pending.state == "scheduled"
                assert before.pending.approved_by not in before.pending.editors
                self.approvals[slug] = before.pending.content

    @invariant()
    def everything_is_in_order(self):
        for slug in SLUGS:
            offer = self.offer(slug)
            if offer is not None:
                self.in_order(slug, offer)

    def in_order(self, slug, offer):
        assert offer.version >= self.versions.get(slug, 0)
        self.versions[slug] = offer.version
        assert (offer.pending is None) or offer.pending.state in {*STEPS["publish"], *REFUSED}
        assert (offer.state == "unpublished") == (offer.content is None)
        assert offer.merged_into is None or offer.state == "archived"
        if offer.published_at is not None:
            assert offer.content == self.approvals[slug], "readers see what nobody approved"
        history = self.history(offer)
        assert history == list(range(1, offer.version + 1)), "a revision was lost"

    def history(self, offer):
        numbers = select(offer_revision.c.number).where(offer_revision.c.offer_id == offer.id)
        with self.place.catalog.base.engine.connect() as connection:
            ordered = numbers.order_by(offer_revision.c.number)
            return list(connection.execute(ordered).scalars())

    def offer(self, slug):
        with self.place.catalog.base.open() as uow:
            return uow.offers.by_slug(self.prefix + slug)


@pytest.mark.no_cover
def test_thousands_of_random_steps_break_no_rule_of_the_lifecycle(place):
    Walk.place = place
    Walk.taken = []
    # Some walks end early: two more make up for them.
    walks = STEPS_IN_ALL // STEPS_IN_A_WALK + 2
    relaxed = settings(
        max_examples=walks,
        stateful_step_count=STEPS_IN_A_WALK,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Walk, settings=relaxed)
    assert sum(Walk.taken) >= STEPS_IN_ALL
