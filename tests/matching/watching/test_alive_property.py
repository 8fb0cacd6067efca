"""Whatever happens in whatever order, what is remembered is what a fresh judgement gives."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.matching.documents import NOW, STARTUP, cmp, compute, grant, mode, published, withdrawn

from aiff_contracts.codec import parse
from aiff_kit.db import upgrade
from aiff_kit.testing import SettableClock
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.main.matching import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.migrations import MIGRATIONS
from aiff_matching.shared.versions import Target
from aiff_matching.watching.domain.need_columns import NeedColumns, NeedFacts, full

OWNER = "org:acme"
GPUS = packaged_gpu_table()
RULES = (
    None,
    cmp("headcount", "<", 10),
    cmp("headcount", ">=", 10),
    cmp("age_months", "<", 22),
    cmp("trl", ">=", 5),
)
NEEDS = ({}, {"kinds": ["funding"]}, {"compute": {"gpu_hours": 500, "gpu_model": "H100"}})
PROFILES = ({}, {"headcount": 40}, {"trl": 6}, {"prior_aid": ["un"]})


def window(opens: int, closes: int) -> dict[str, Any]:
    first, last = (NOW + timedelta(days=days) for days in (opens, closes))
    moments = {"opens": {"on": first.date().isoformat()}, "closes": {"on": last.date().isoformat()}}
    return {"shape": "window", "window": moments}


intakes = st.one_of(
    st.just({"shape": "permanent"}),
    st.builds(lambda a, b: window(a, a + b), st.integers(-3, 3), st.integers(1, 20)),
)
grants = st.builds(
    lambda slug, rule, intake, excludes: grant(
        slug, rule, intake=intake, details={"stacking": {"excludes": excludes}}
    ),
    st.sampled_from(("un", "deux", "trois")),
    st.sampled_from(RULES),
    intakes,
    st.sampled_from(([], ["un"], ["deux", "trois"])),
)
machines = st.builds(
    lambda names, intake: compute("machine", [mode(n, "gpu_hour", intake=intake) for n in names]),
    st.lists(st.sampled_from(("ma", "mb", "mc")), max_size=3, unique=True),
    intakes,
)
actions = st.one_of(
    st.tuples(st.just("publish"), st.one_of(grants, machines)),
    st.tuples(st.just("withdraw"), st.sampled_from(("un", "deux", "machine"))),
    st.tuples(st.just("profile"), st.sampled_from(PROFILES)),
    st.tuples(st.just("need"), st.sampled_from(NEEDS)),
    st.tuples(st.just("new_need"), st.sampled_from(NEEDS)),
    st.tuples(st.just("wait"), st.integers(1, 3 * 24).map(lambda hours: timedelta(hours=hours))),
    st.tuples(st.just("settle"), st.none()),
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    made = MatchingSettings(AIFF_DATA_DIR=folder, MATCHING_DATABASE_URL=None)
    upgrade(made.database_url, MIGRATIONS)
    return folder / "matching.db"


class World:
    """A service, and the same needs in memory."""

    def __init__(self, folder: Path) -> None:
        self.clock = SettableClock(NOW)
        made = MatchingSettings(
            AIFF_DATA_DIR=folder, MATCHING_DATABASE_URL=None, MATCHING_ENCODER="none"
        )
        self.matching = Matching(made, self.clock)
        self.answers: Profile = parse(Profile, STARTUP)
        self.startup = Target(self.matching.profiles.startups.create(self.answers, OWNER).id, OWNER)
        self.needs: dict[Any, Need] = {}
        self.sequence = 0
        self.act("new_need", {})

    def act(self, name: str, value: Any) -> None:
        getattr(self, name)(value)

    def publish(self, document: Any) -> None:
        self.sequence += 1
        changed = replace(document, version=self.sequence)
        self.matching.offers.projection.handle(published(changed, self.sequence))

    def withdraw(self, slug: str) -> None:
        self.sequence += 1
        self.matching.offers.projection.handle(withdrawn(grant(slug), self.sequence))

    def profile(self, value: dict[str, Any]) -> None:
        self.answers = parse(Profile, STARTUP | value)
        self.matching.profiles.startups.replace(self.startup, self.answers)

    def new_need(self, value: dict[str, Any]) -> None:
        parsed = parse(Need, value)
        self.needs[self.matching.profiles.needs.create(self.startup, parsed).id] = parsed

    def need(self, value: dict[str, Any]) -> None:
        first = next(iter(self.needs))
        self.needs[first] = parse(Need, value)
        self.matching.profiles.needs.replace(Target(first, OWNER), self.needs[first])

    def wait(self, time: timedelta) -> None:
        self.clock.now += time

    def settle(self, _value: None = None) -> None:
        while self.matching.watching.watch.step():
            pass

    def remembered(self) -> dict[Any, Any]:
        with self.matching.base.unit_of_work() as uow:
            found = uow.watching.of_needs(self.needs)
        return {pair: kept.marked(top=None) for pair, (_, kept) in found.items()}

    def fresh(self) -> dict[Any, Any]:
        now = self.clock()
        catalogue = self.matching.offers.catalogue.current()
        tables = (GPUS, catalogue.aid)
        needs = NeedColumns(
            [NeedFacts.of(i, (self.answers, n), tables, now) for i, n in self.needs.items()]
        )
        found = full(needs, catalogue.candidates, now)
        return {(need, offer): kept for need in found for offer, kept in found[need].items()}


@given(st.lists(actions, min_size=1, max_size=14))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_judging_only_what_changed_gives_the_same_as_judging_everything(empty, happened):
    with TemporaryDirectory() as folder:
        shutil.copy(empty, Path(folder) / "matching.db")
        world = World(Path(folder))
        try:
            for name, value in happened:
                world.act(name, value)
            world.settle()
            assert world.remembered() == world.fresh()
        finally:
            world.matching.close()
