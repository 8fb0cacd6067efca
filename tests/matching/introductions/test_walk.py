"""Random actors ask, answer, consent, withdraw and wait: nothing illegal, nothing shown, no double.

The model is a few dictionaries; the service is the real one on a database of its own.
"""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select
from tests.matching.documents import NOW, STARTUP
from tests.matching.introducing import catalogue, outbox_events
from tests.matching.introductions.test_states import LEGAL

from aiff_contracts.codec import parse
from aiff_kit.db import upgrade
from aiff_kit.testing import SettableClock
from aiff_matching.introductions.application.answering import Received, UnresolvedTarget
from aiff_matching.introductions.application.introductions import Owner, Wish
from aiff_matching.introductions.domain.consent import FIELDS, WORDING
from aiff_matching.introductions.domain.dossiers import Told
from aiff_matching.introductions.domain.ratings import Rating
from aiff_matching.introductions.domain.refusals import Refusal
from aiff_matching.main.matching import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.errors import (
    AlreadyRequestedError,
    IntroductionNotFoundError,
    StaleVersionError,
    StateError,
)
from aiff_matching.shared.migrations import MIGRATIONS
from aiff_matching.shared.tables import introduction_step, offer_rating
from aiff_matching.shared.versions import Target

OFFERS = {"aide": "genci", "autre-aide": "inria", "troisieme-aide": "bpifrance"}
PEOPLE = {"alice": "org:acme", "bob": "org:other"}
FIELD_SETS = st.lists(st.sampled_from(FIELDS), max_size=4, unique=True).map(tuple)
MOVES = ("see", "take_care", "finish", "finish_without_help", "report_unreachable")
ANNOUNCED = {*MOVES, "decline", "withdraw", "expire", "request", "remind"}


class Walk(RuleBasedStateMachine):
    made = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="aiff-walk-")
        options = {
            "AIFF_DATA_DIR": Path(self.folder.name),
            "MATCHING_DATABASE_URL": None,
            "MATCHING_ENCODER": "none",
        }
        chosen = MatchingSettings(**options)
        upgrade(chosen.database_url, MIGRATIONS)
        self.clock = SettableClock(NOW)
        self.matching = Matching(chosen, self.clock)
        self.owner, self.offer, self.state = {}, {}, {}
        self.shown, self.versions, self.stars = {}, {}, []

    @initialize()
    def begin(self) -> None:
        catalogue(self.matching)
        self.needs = {}
        for person, tenant in PEOPLE.items():
            startup = self.matching.profiles.startups.create(parse(Profile, STARTUP), tenant)
            need = Need(title="aide", kinds=("funding",))
            self.needs[person] = self.matching.profiles.needs.create(
                Target(startup.id, tenant), need
            ).id

    @rule(
        target=made,
        person=st.sampled_from(sorted(PEOPLE)),
        slug=st.sampled_from(sorted(OFFERS)),
        names=FIELD_SETS,
    )
    def ask(self, person: str, slug: str, names: tuple[str, ...]) -> object:
        told = Told(message="Bonjour", contact="ici")
        wish = Wish(need_id=self.needs[person], offer=slug, told=told, fields=names)
        taken = any(
            self.owner[one] == person and self.offer[one] == slug and self.open(one)
            for one in self.state
        )
        try:
            item = self.matching.introductions.commands.ask(
                wish, WORDING.version, self.as_owner(person)
            )
        except AlreadyRequestedError:
            assert taken
            return None
        assert not taken
        self.owner[item.id], self.offer[item.id] = person, slug
        self.state[item.id], self.shown[item.id] = "requested", names
        self.versions[item.id] = 1
        return item.id

    @rule(one=made, move=st.sampled_from(MOVES), provider=st.sampled_from(sorted(OFFERS.values())))
    def answer(self, one: object, move: str, provider: str) -> None:
        self.attempt(
            one,
            ("partner", move),
            lambda: self.matching.introductions.received.move(self.received(one, provider), move),
            mine=self.mine(one, provider),
        )

    @rule(one=made, provider=st.sampled_from(sorted(OFFERS.values())))
    def decline(self, one: object, provider: str) -> None:
        self.attempt(
            one,
            ("partner", "decline"),
            lambda: self.matching.introductions.received.decline(
                self.received(one, provider), Refusal("no_capacity"), None
            ),
            mine=self.mine(one, provider),
        )

    @rule(one=made, person=st.sampled_from(sorted(PEOPLE)))
    def withdraw(self, one: object, person: str) -> None:
        moved = self.attempt(
            one,
            ("startup", "withdraw"),
            lambda: self.matching.introductions.commands.withdraw(
                self.target(one, person), self.as_owner(person)
            ),
            mine=self.owner.get(one) == person,
        )
        if moved:
            self.shown[one] = None

    @rule(one=made, person=st.sampled_from(sorted(PEOPLE)), names=FIELD_SETS)
    def consent(self, one: object, person: str, names: tuple[str, ...]) -> None:
        given = self.attempt(
            one,
            ("startup", "give_consent"),
            lambda: self.matching.introductions.commands.consent(
                self.target(one, person), names, WORDING.version, self.as_owner(person)
            ),
            mine=self.owner.get(one) == person,
        )
        if given:
            self.shown[one] = names

    @rule(one=made, person=st.sampled_from(sorted(PEOPLE)))
    def hide(self, one: object, person: str) -> None:
        hidden = self.attempt(
            one,
            ("startup", "withdraw_consent"),
            lambda: self.matching.introductions.commands.withdraw_consent(
                self.target(one, person), self.as_owner(person)
            ),
            mine=self.owner.get(one) == person,
            possible=self.shown.get(one) is not None,
        )
        if hidden:
            self.shown[one] = None

    @rule(one=made, person=st.sampled_from(sorted(PEOPLE)), stars=st.integers(1, 5))
    def rate(self, one: object, person: str, stars: int) -> None:
        rated = self.attempt(
            one,
            ("startup", "rate"),
            lambda: self.matching.introductions.commands.rate(
                self.target(one, person), Rating(overall=stars), self.as_owner(person)
            ),
            mine=self.owner.get(one) == person,
            possible=one not in [rated for rated, _ in self.stars],
        )
        if rated:
            self.stars.append((one, stars))

    @rule(one=made)
    def repeat_with_an_old_version(self, one: object) -> None:
        if one is None or self.versions[one] == 1:
            return
        try:
            self.matching.introductions.received.move(
                self.received(one, self.provider(one), 1), "take_care"
            )
        except StaleVersionError:
            return
        raise AssertionError("an answer to an old version took effect")

    @rule(one=made)
    def settle(self, one: object) -> None:
        waiting = {item.id for item in self.matching.introductions.unresolved.page("", 100)}
        try:
            item = self.matching.introductions.unresolved.settle(
                UnresolvedTarget(id=one, subject="curie"), "note", ()
            )
        except IntroductionNotFoundError:
            assert one not in waiting
            return
        assert one in waiting
        self.versions[one] = item.version

    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        self.clock.advance(days=days)
        while self.matching.introductions.clock.step():
            pass
        for one in self.state:
            item = self.read(one)
            if item.state != self.state[one]:
                assert (item.state, self.state[one] in {"requested", "seen"}) == ("expired", True)
            self.state[one], self.versions[one] = item.state, item.version

    @invariant()
    def the_service_agrees_with_the_model(self) -> None:
        for one, state in self.state.items():
            item = self.read(one)
            assert (item.state, item.version) == (state, self.versions[one])

    @invariant()
    def nothing_is_shown_without_consent(self) -> None:
        for one, names in self.shown.items():
            shared = self.matching.introductions.received.get(
                self.received(one, self.provider(one))
            ).shared
            if names is None:
                assert shared is None
                continue
            told = {f"profile.{name}" for name in shared.profile}
            told |= {f"need.{name}" for name in shared.need}
            told |= {"contact"} if shared.contact else set()
            told |= {"match.verdict"} if shared.verdict else set()
            assert told == set(names)

    @invariant()
    def every_step_has_one_row_and_one_event(self) -> None:
        with self.matching.engine.connect() as connection:
            rows = list(connection.execute(select(introduction_step)))
            sums = connection.execute(
                select(func.sum(offer_rating.c.count), func.sum(offer_rating.c.total))
            ).one()
        assert len(rows) == sum(self.versions.values())
        announced = [event for event in outbox_events(self.matching) if "rated" not in event.type]
        expected = {(str(r.introduction_id), r.version) for r in rows if r.action in ANNOUNCED}
        assert sorted((e.key, e.sequence) for e in announced) == sorted(expected)
        assert (sums[0] or 0, sums[1] or 0) == (
            len(self.stars),
            sum(stars for _, stars in self.stars),
        )

    def attempt(self, one, key, act, *, mine: bool, possible: bool = True) -> bool:
        """Do it and check that it took effect exactly if the model allows it."""
        if one is None:
            return False
        legal = LEGAL[key].get(self.state[one]) if possible else None
        try:
            item = act()
        except IntroductionNotFoundError:
            assert not mine
            return False
        except StateError:
            assert mine
            assert legal is None
            return False
        assert mine
        assert item.state == legal
        self.state[one], self.versions[one] = item.state, item.version
        return True

    def open(self, one: object) -> bool:
        return self.state[one] in {"requested", "seen", "taking_care"}

    def provider(self, one: object) -> str:
        return OFFERS[self.offer[one]]

    def mine(self, one: object, provider: str) -> bool:
        return one is not None and self.provider(one) == provider

    def received(self, one: object, provider: str, version: int | None = None) -> Received:
        return Received(id=one, provider=provider, subject="agent", version=version)

    def target(self, one: object, person: str) -> Target:
        return Target(one, PEOPLE[person])

    def as_owner(self, person: str) -> Owner:
        return Owner(PEOPLE[person], person)

    def read(self, one: object):
        return self.matching.introductions.commands.get(self.target(one, self.owner[one]))

    def teardown(self) -> None:
        self.matching.close()
        self.folder.cleanup()


TestWalk = pytest.mark.no_cover(Walk.TestCase)
TestWalk.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
