"""Needs that stay alive: what is told, once, and what is not, on both families of databases."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from sqlalchemy import func, select
from tests.matching.documents import NOW, STARTUP, cmp, compute, grant, mode, published, withdrawn

from aiff_contracts.codec import parse
from aiff_kit.db import upgrade
from aiff_kit.testing import SettableClock
from aiff_matching.main.matching import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.offers.application.rebuilding import ProjectionRebuild
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.migrations import MIGRATIONS
from aiff_matching.shared.tables import alert, due, outbox, standing, watch
from aiff_matching.shared.versions import Target
from aiff_matching.watching.domain.alerts import AlertSettings

IMMEDIATE = AlertSettings(frequency="immediate")
TOMORROW = (NOW + timedelta(days=1)).date().isoformat()
YOUNG = cmp("headcount", "<", 10)
LARGE = cmp("headcount", ">=", 10)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def place(request, tmp_path):
    settings = {"AIFF_DATA_DIR": tmp_path, "MATCHING_DATABASE_URL": None}
    if request.param == "postgres":
        postgres, name = request.getfixturevalue("postgres"), f"test_{uuid4().hex}"
        postgres.create_database(name)
        settings["MATCHING_DATABASE_URL"] = postgres.url(name)
    made = MatchingSettings(**settings, MATCHING_ENCODER="none")
    upgrade(made.database_url, MIGRATIONS)
    clock = SettableClock(NOW)
    service = Matching(made, clock)
    yield Place(service, clock, {})
    service.close()


@dataclass
class Place:
    """A service with one start-up's needs, and what is asked of it."""

    matching: Matching
    clock: SettableClock
    versions: dict[UUID, int]

    def need(self, need: dict[str, Any], **profile: Any) -> Target:
        startup = self.matching.profiles.startups.create(
            parse(Profile, STARTUP | profile), "org:acme"
        )
        stored = self.matching.profiles.needs.create(
            Target(startup.id, "org:acme"), parse(Need, {"title": "projet"} | need)
        )
        self.settle()
        return Target(stored.id, "org:acme")

    def settle(self) -> None:
        while self.matching.watching.watch.step():
            pass

    def publish(self, document: Any) -> None:
        version = self.versions[document.id] = self.versions.get(document.id, 0) + 1
        self.matching.offers.projection.handle(
            published(replace(document, version=version), version)
        )
        self.settle()

    def withdraw(self, document: Any) -> None:
        self.versions[document.id] += 1
        self.matching.offers.projection.handle(withdrawn(document, self.versions[document.id]))
        self.settle()

    def told(self, need: Target, *, unread: bool = True) -> list[tuple[str, str, int]]:
        lines = self.matching.watching.alerts.page(need, "", 100, unread=unread)
        return [(line.slug, line.kind, line.changes) for line in lines]

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        with self.matching.engine.connect() as connection:
            rows = connection.execute(select(outbox).order_by(outbox.c.position)).all()
        return [
            (orjson.loads(r.headers)["ce_type"].split(".", 3)[3], orjson.loads(r.value))
            for r in rows
        ]

    def digests(self) -> list[dict[str, Any]]:
        return [data for kind, data in self.events() if kind == "digest.due.v1"]

    def rows(self, table: Any) -> int:
        with self.matching.engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_published_offer_that_fits_is_one_new_match_and_one_event(place):
    need = place.need({})
    place.publish(grant("bourse", YOUNG))
    assert place.told(need) == [("bourse", "new_match", 1)]
    kinds = [kind for kind, _ in place.events()]
    assert kinds.count("match.proposed.v1") == 1
    proposed = place.events()[0][1]
    assert proposed["need_id"] == str(need.id)
    assert proposed["verdict"] == "eligible"


def test_an_offer_that_does_not_fit_is_not_told(place):
    need = place.need({})
    place.publish(grant("bourse", LARGE))
    assert place.told(need) == []
    assert place.events() == []


def test_what_was_there_when_the_need_was_stored_is_no_news(place):
    place.publish(grant("bourse", YOUNG))
    need = place.need({})
    assert place.told(need) == []
    assert place.rows(standing) == 1


def test_what_is_published_while_a_new_need_is_judged_for_the_first_time_is_news(
    place, monkeypatch
):
    place.publish(grant("avant", YOUNG))
    current, late = place.matching.offers.catalogue.current, [grant("pendant", YOUNG)]
    judged = place.matching.watching.watch._judge_needs

    def arriving() -> Any:
        """The offer comes after the step has seen that only the need is due."""
        while late:
            place.matching.offers.projection.handle(published(late.pop(), 1))
        return current()

    def judge(*due: Any) -> None:
        monkeypatch.setattr(place.matching.offers.catalogue, "current", arriving)
        judged(*due)

    monkeypatch.setattr(place.matching.watching.watch, "_judge_needs", judge)
    need = place.need({})
    assert not late
    assert place.told(need) == [("pendant", "new_match", 1)]
    assert [kind for kind, _ in place.events()] == ["match.proposed.v1"]
    assert place.rows(standing) == 2


def test_ten_edits_are_one_line(place):
    place.publish(grant("bourse", YOUNG))
    need = place.need({})
    for amount in range(1, 11):
        pricing = {
            "basis": "priced",
            "rows": [{"amount": str(amount), "currency": "EUR", "period": "once"}],
        }
        place.publish(grant("bourse", YOUNG, pricing=pricing))
    assert place.told(need) == [("bourse", "terms_changed", 10)]


def test_an_edit_that_is_taken_back_before_it_was_told_is_no_news(place):
    place.publish(grant("bourse", YOUNG))
    need = place.need({})
    place.publish(grant("bourse", LARGE))
    assert place.told(need) == [("bourse", "lost", 1)]
    place.publish(grant("bourse", YOUNG))
    assert place.told(need) == []


def test_another_summary_is_no_news(place):
    place.publish(grant("bourse", YOUNG))
    need = place.need({})
    place.publish(grant("bourse", YOUNG, summary="mieux dit"))
    assert place.told(need) == []


def test_the_same_event_twice_and_a_bulk_load_of_the_same_offers_are_no_news(place):
    event = published(grant("bourse", YOUNG))
    need = place.need({})
    for _ in range(2):
        place.matching.offers.projection.handle(event)
        place.settle()
    place.matching.watching.alerts.read(need, None)
    for sequence in range(2, 5):
        document = replace(grant("bourse", YOUNG), version=sequence)
        place.matching.offers.projection.handle(published(document, sequence))
        place.settle()
    assert place.told(need, unread=False) == [("bourse", "new_match", 1)]


def test_a_rebuild_of_the_copy_tells_only_what_the_copy_had_missed(place):
    place.publish(grant("bourse", YOUNG))
    need = place.need({})
    missed = [published(grant("bourse", YOUNG)), published(grant("manquee", YOUNG))]
    ProjectionRebuild(place.matching.base.unit_of_work, lambda: iter(missed), place.clock).run()
    place.settle()
    assert place.told(need) == [("manquee", "new_match", 1)]


def test_a_withdrawn_match_is_told_as_lost(place):
    document = grant("bourse", YOUNG)
    place.publish(document)
    need = place.need({})
    place.withdraw(document)
    assert place.told(need) == [("bourse", "lost", 1)]
    assert place.events()[-1][1]["change"] == "lost"


def test_an_intake_that_opens_is_told_when_the_clock_passes_it(place):
    window = {"shape": "window", "window": {"opens": {"on": TOMORROW}}}
    place.publish(grant("bourse", YOUNG, intake=window))
    need = place.need({})
    assert place.told(need) == []
    place.clock.now = NOW + timedelta(days=1)
    place.settle()
    assert place.told(need) == [("bourse", "opened", 1)]


def test_a_closing_is_told_two_weeks_before_and_once(place):
    closes = (NOW + timedelta(days=30)).date().isoformat()
    window = {"shape": "window", "window": {"closes": {"on": closes}}}
    place.publish(grant("bourse", YOUNG, intake=window))
    need = place.need({})
    place.clock.now = NOW + timedelta(days=17)
    place.settle()
    place.clock.now = NOW + timedelta(days=20)
    place.settle()
    assert place.told(need) == [("bourse", "closing_soon", 1)]


def test_an_access_mode_more_is_a_new_option(place):
    modes = [mode("petit", "gpu_hour", intake={"shape": "permanent"})]
    place.publish(compute("machine", modes))
    need = place.need({"kinds": ["compute"]})
    place.publish(compute("machine", [*modes, mode("grand", "gpu_hour")]))
    assert place.told(need) == [("machine", "option_added", 1)]


def test_a_birthday_of_the_company_changes_verdicts_with_no_event(place):
    place.publish(grant("jeunes", cmp("age_months", "<", 24)))
    need = place.need({}, created_on="2024-11-25")
    place.clock.now = NOW + timedelta(days=1)
    place.settle()
    assert place.told(need) == [("jeunes", "lost", 1)]


def test_another_profile_judges_all_offers_again(place):
    place.publish(grant("grande", LARGE))
    need = place.need({})
    with place.matching.base.unit_of_work() as uow:
        startup = Target(uow.needs.get(need.id, need.tenant).startup_id, need.tenant)
    place.matching.profiles.startups.replace(startup, parse(Profile, STARTUP | {"headcount": 40}))
    place.settle()
    assert place.told(need) == [("grande", "new_match", 1)]


def test_an_exclusion_on_one_side_is_told_of_the_other(place):
    place.publish(grant("autre"))
    need = place.need({}, prior_aid=["bourse"])
    stacking = {"stacking": {"excludes": ["autre"]}}
    place.publish(grant("bourse", LARGE, details=stacking))
    assert place.told(need) == [("autre", "lost", 1)]


def test_a_digest_is_due_once_a_day_and_names_ten_at_most(place):
    need = place.need({})
    for number in range(12):
        place.publish(grant(f"bourse-{number}", YOUNG))
    assert place.digests() == []
    place.clock.now = NOW + timedelta(days=1)
    place.settle()
    place.settle()
    [digest] = place.digests()
    assert (len(digest["alerts"]), digest["total"]) == (10, 12)
    assert digest["tenant"] == "org:acme"
    assert len(place.told(need)) == 12


def test_what_is_told_at_once_rests_for_a_day_however_often_it_changes(place):
    need = place.need({})
    place.matching.watching.alerts.change_settings(need, IMMEDIATE)
    for rule in (YOUNG, LARGE, YOUNG, LARGE):
        place.publish(grant("bourse", rule))
    assert len(place.digests()) == 1
    place.clock.now = NOW + timedelta(days=1)
    place.settle()
    assert len(place.digests()) == 2
    assert place.told(need) == [("bourse", "lost", 4)]


def test_a_read_line_is_not_told_and_later_news_begins_another(place):
    need = place.need({})
    place.publish(grant("bourse", YOUNG))
    assert place.matching.watching.alerts.read(need, None) == 1
    place.publish(grant("bourse", LARGE))
    place.clock.now = NOW + timedelta(days=1)
    place.settle()
    assert [digest["total"] for digest in place.digests()] == [1]
    assert place.told(need) == [("bourse", "lost", 1)]
    assert len(place.told(need, unread=False)) == 2


def test_off_keeps_the_need_up_to_date_and_tells_nothing_afterwards_either(place):
    need = place.need({})
    place.matching.watching.alerts.change_settings(need, AlertSettings(frequency="off"))
    place.publish(grant("bourse", YOUNG))
    place.matching.watching.alerts.change_settings(need, IMMEDIATE)
    place.settle()
    assert place.told(need) == []


def test_only_the_kinds_and_verdicts_that_are_asked_for_are_told(place):
    need = place.need({})
    place.matching.watching.alerts.change_settings(
        need, AlertSettings(kinds=("new_match",), minimum="eligible")
    )
    place.publish(grant("bourse", YOUNG, conditions=[{"fr": "à voir", "en": "to see"}]))
    place.publish(grant("pret", YOUNG))
    place.publish(grant("pret", LARGE))
    assert place.told(need) == []
    place.publish(grant("pret", YOUNG))
    assert place.told(need) == [("pret", "new_match", 1)]


def test_deleting_a_startup_leaves_nothing_of_its_alerts(place):
    need = place.need({})
    place.publish(grant("bourse", YOUNG))
    with place.matching.base.unit_of_work() as uow:
        startup = Target(uow.needs.get(need.id, need.tenant).startup_id, need.tenant)
    place.matching.profiles.needs.replace(need, parse(Need, {"title": "autre"}))
    place.matching.profiles.startups.delete(startup)
    place.settle()
    assert [place.rows(table) for table in (alert, due, standing, watch)] == [0, 0, 0, 0]
