"""Uploaded files on every database: looked through, applied, cut off, cancelled, forgotten."""

from uuid import uuid4

import pytest
from tests.catalog.support import offer_json

from aiff_catalog.imports.application.commands import Upload
from aiff_catalog.imports.application.ports import RowQuery
from aiff_catalog.imports.application.processing import ImportJob
from aiff_catalog.imports.domain.column_mapping import ColumnMapping, Target
from aiff_catalog.imports.domain.imports import Counts
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import (
    IllegalTransitionError,
    ImportNotFoundError,
    MappingNotFoundError,
    OrganisationNotFoundError,
    StaleVersionError,
    TooManyImportsError,
)
from aiff_contracts.codec import dump_json

PARTNER = Authorship(author="partner-1", limited_to="genci")
INRIA = Authorship(author="partner-2", limited_to="inria")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def database_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


def objects(*slugs, **changes):
    items = [{"external_id": f"X-{slug}", "offer": offer_json(slug, **changes)} for slug in slugs]
    return b"\n".join(map(dump_json, items))


def numbered(count):
    return [f"offre-{number}" for number in range(count)]


def sent(place, content, form="ndjson", by=PARTNER, source=None):
    told = Upload(partner="genci", format=form, source=source)
    return place.catalog.imports.commands.upload(told, content, by)


def worked(place, rounds=None, times=200):
    """Let a worker do all there is to do."""
    work = rounds or place.catalog.imports.job
    assert any(work.step() == 0 for _ in range(times))


def newest(place, job):
    return place.catalog.imports.commands.get(job.id, PARTNER)


def ordered(place, job):
    return place.catalog.imports.commands.apply(job.id, PARTNER, newest(place, job).version)


def another_worker(place):
    known = place.catalog.imports.job
    parts = ("open_uow", "imports", "folder", "together", "clock", "passing")
    return ImportJob(*(getattr(known, f"_{name}") for name in parts))


def stored(place):
    return [one.external_id for one, _ in place.catalog.partners.records("genci", PARTNER, "", 99)]


def pieces(place, job):
    with place.catalog.base.open() as uow:
        return len(list(uow.imports.content(job.id)))


def test_a_file_is_previewed_then_applied_and_sent_again_it_changes_nothing(place):
    job = sent(place, objects(*numbered(70)))
    worked(place)
    seen = newest(place, job)
    assert (seen.state, seen.rows, seen.foreseen) == ("previewed", 70, Counts(created=70))
    assert stored(place) == []
    ordered(place, job)
    worked(place)
    done = newest(place, job)
    assert (done.state, done.outcome, len(stored(place))) == ("applied", Counts(created=70), 70)
    assert (pieces(place, job), done.applied_by) == (0, PARTNER)
    again = sent(place, objects(*numbered(70)))
    worked(place)
    assert newest(place, again).foreseen == Counts(unchanged=70)


def test_rows_say_what_was_foreseen_and_what_was_done(place):
    bad = b"\n" + objects("Deux!") + b"\n" + objects("trois", audience=["nobody"])
    job = sent(place, objects("un") + bad)
    worked(place)
    ordered(place, job)
    worked(place)
    commands = place.catalog.imports.commands
    rows = commands.rows(job.id, PARTNER, RowQuery())
    assert [(one.line, one.foreseen, one.outcome) for one in rows] == [
        (1, "created", "created"),
        (2, "refused", "refused"),
        (3, "refused", "refused"),
    ]
    refused = commands.rows(job.id, PARTNER, RowQuery(result="refused", after=2))
    assert [one.faults[0].column for one in refused] == ["/offer/audience/0"]
    assert refused[0].cells["external_id"] == "X-trois"
    assert rows[0].cells is None


def test_a_worker_that_dies_leaves_a_whole_import_behind(place):
    job = sent(place, objects(*numbered(70)))
    worked(place)
    ordered(place, job)
    dying = another_worker(place)
    dying.step()
    dying.close()
    half = newest(place, job)
    assert (half.state, half.done, len(stored(place))) == (
        "applying",
        half.outcome.total,
        half.done,
    )
    assert 0 < half.done < 70
    heir = another_worker(place)
    # Nobody takes over what may still be held.
    heir.step()
    assert newest(place, job) == half
    place.clock.advance(seconds=31)
    worked(place, heir)
    done = newest(place, job)
    assert (done.state, done.outcome, len(stored(place))) == ("applied", Counts(created=70), 70)


def test_what_fails_in_the_middle_of_a_turn_is_undone_with_its_results(place, monkeypatch):
    job = sent(place, objects(*numbered(30)))
    worked(place)
    ordered(place, job)
    writes = place.catalog.partners
    real, calls = writes._attempt, []

    def failing(*given):
        calls.append(given)
        if len(calls) == 25:
            raise ConnectionResetError
        return real(*given)

    monkeypatch.setattr(writes, "_attempt", failing)
    rounds = place.catalog.imports.job
    rounds.step()
    with pytest.raises(ConnectionResetError):
        rounds.step()
    assert newest(place, job).done == len(stored(place)) == 20
    worked(place)
    assert newest(place, job).outcome == Counts(created=30)


def test_an_import_that_cannot_go_on_is_given_up_and_the_next_one_is_done(place, monkeypatch):
    broken = sent(place, objects("un"))
    worked(place)
    ordered(place, broken)
    following = sent(place, objects("deux"))

    def failing(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(place.catalog.partners, "_attempt", failing)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            place.catalog.imports.job.step()
    worked(place)
    assert "fault of the catalogue" in newest(place, broken).refusal.detail
    assert newest(place, following).state == "previewed"


def test_a_file_that_cannot_be_used_is_refused_with_its_line(place):
    job = sent(place, b"ref,titre\nA-1,\xff\n", "csv")
    worked(place)
    refused = newest(place, job)
    assert (refused.state, pieces(place, job)) == ("refused", 0)
    with pytest.raises(IllegalTransitionError):
        place.catalog.imports.commands.apply(job.id, PARTNER, None)


def test_the_mapping_of_a_source_explains_its_files_as_it_was_when_they_came(place):
    commands = place.catalog.imports.commands
    with pytest.raises(MappingNotFoundError):
        sent(place, b"ref\nA-1\n", "csv", source="sirene")
    mapping = ColumnMapping(external_id="ref", columns={"nom": Target(to="/slug")})
    first = commands.put_mapping("genci", "sirene", mapping, PARTNER, 0)
    job = sent(place, b"ref,nom\nA-1,un\n", "csv", source="sirene")
    commands.drop_mapping("genci", "sirene", PARTNER, first.version)
    worked(place)
    seen = newest(place, job)
    assert (seen.state, seen.foreseen, seen.columns) == (
        "previewed",
        Counts(refused=1),
        ("ref", "nom"),
    )


def test_a_mapping_is_not_overwritten_unseen(place):
    commands, mapping = place.catalog.imports.commands, ColumnMapping(columns={})
    commands.put_mapping("genci", "sirene", mapping, PARTNER, 0)
    same = commands.put_mapping("genci", "sirene", mapping, PARTNER, 1)
    assert same.version == 1
    other = ColumnMapping(columns={}, delimiter=";")
    with pytest.raises(StaleVersionError):
        commands.put_mapping("genci", "sirene", other, PARTNER, 0)
    assert commands.put_mapping("genci", "sirene", other, PARTNER, 1).version == 2
    with pytest.raises(StaleVersionError):
        commands.drop_mapping("genci", "sirene", PARTNER, 1)
    assert [one.mapping for one in commands.mappings("genci", PARTNER)] == [other]


def test_another_partner_sees_nothing_and_does_nothing(place):
    job, commands = sent(place, objects("un")), place.catalog.imports.commands
    worked(place)
    for forbidden in (
        lambda: commands.get(job.id, INRIA),
        lambda: commands.rows(job.id, INRIA, RowQuery()),
        lambda: commands.apply(job.id, INRIA, None),
        lambda: commands.cancel(job.id, INRIA, None),
    ):
        with pytest.raises(ImportNotFoundError):
            forbidden()
    with pytest.raises(OrganisationNotFoundError):
        sent(place, objects("un"), by=INRIA)
    with pytest.raises(OrganisationNotFoundError):
        commands.mappings("genci", INRIA)
    assert commands.page(None, INRIA, None, 9) == []
    assert [one.id for one in commands.page(None, PARTNER, None, 9)] == [job.id]


def test_what_is_cancelled_while_a_worker_reads_it_stays_cancelled(place):
    job = sent(place, objects(*numbered(70)))
    rounds = place.catalog.imports.job
    rounds.step()
    place.catalog.imports.commands.cancel(job.id, PARTNER, None)
    worked(place)
    assert (newest(place, job).state, pieces(place, job)) == ("cancelled", 0)
    with pytest.raises(IllegalTransitionError):
        ordered(place, job)


def test_a_preview_that_was_not_read_orders_nothing(place):
    job = sent(place, objects("un"))
    with pytest.raises(IllegalTransitionError):
        place.catalog.imports.commands.apply(job.id, PARTNER, None)
    worked(place)
    with pytest.raises(StaleVersionError):
        place.catalog.imports.commands.apply(job.id, PARTNER, 1)


def test_ten_files_of_a_partner_wait_at_most(place):
    jobs = [sent(place, objects("un")) for _ in range(10)]
    with pytest.raises(TooManyImportsError):
        sent(place, objects("un"))
    place.catalog.imports.commands.cancel(jobs[0].id, PARTNER, None)
    sent(place, objects("un"))


def test_what_nobody_acted_on_is_forgotten_after_a_month(place):
    job = sent(place, objects("un"))
    worked(place)
    place.clock.advance(days=31)
    worked(place)
    with pytest.raises(ImportNotFoundError):
        newest(place, job)
    assert pieces(place, job) == 0


def test_an_identifier_that_is_unknown_leads_nowhere(place):
    with pytest.raises(ImportNotFoundError):
        place.catalog.imports.commands.get(uuid4(), PARTNER)
