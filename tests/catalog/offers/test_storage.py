"""What the database must do, whichever it is."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import orjson
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from tests.catalog.support import BY_CURATOR, BY_SECOND, both, content, organisation, target

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.offers.adapters.reads import SqlOfferReads, SqlOrganisationReads
from aiff_catalog.offers.application.changing import Note, OfferTarget, revision_of
from aiff_catalog.offers.application.commands import _drafted
from aiff_catalog.offers.application.ports import Gone, Moved
from aiff_catalog.offers.domain.offer import restate
from aiff_catalog.shared import tables
from aiff_catalog.shared.errors import (
    NothingPendingError,
    OfferNotFoundError,
    SlugTakenError,
    StaleVersionError,
)
from aiff_contracts.codec import Faults, parse_event_data
from aiff_kit.ids import new_id


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def database_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


@pytest.fixture
async def reader(place):
    """The read side in the loop of the test."""
    opened = Catalog(place.settings).base.reader
    yield opened
    await opened.close()


@pytest.fixture
def reads(reader):
    return SqlOfferReads(reader)


@pytest.fixture
def organisation_reads(reader):
    return SqlOrganisationReads(reader)


def counts(place):
    """Return the number of rows of every table."""
    with place.catalog.base.engine.connect() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.metadata.tables.items()
        }


def outbox(place):
    with place.catalog.base.engine.connect() as connection:
        rows = connection.execute(select(tables.outbox).order_by(tables.outbox.c.position)).all()
    return [parse_event_data(orjson.loads(row.headers)["ce_type"], row.value) for row in rows]


def test_an_offer_is_read_back_as_it_was_stored(place):
    stored = place.publish("bourse", keywords=["aide"], territories=["FR-IDF"])
    with place.catalog.base.open() as uow:
        assert uow.offers.get(stored.id) == stored
        assert uow.offers.by_slug("bourse") == stored


def test_an_unknown_offer_is_not_found(place):
    with place.catalog.base.open() as uow, pytest.raises(OfferNotFoundError):
        uow.offers.get(new_id())


def test_what_is_not_committed_leaves_nothing_not_even_an_event(place):
    before = counts(place)
    with place.catalog.base.open() as uow:
        _drafted(uow, content(), BY_CURATOR, place.clock)
    assert counts(place) == before


def test_a_failure_in_the_last_step_undoes_the_first_ones(place, monkeypatch):
    before = counts(place)
    monkeypatch.setattr(
        "aiff_catalog.main.unit_of_work.SqlEventLog.append",
        lambda *_: (_ for _ in ()).throw(OSError("disk full")),
    )
    with pytest.raises(OSError, match="disk full"):
        place.catalog.offers.commands.load(content(), BY_CURATOR)
    assert counts(place) == before


def test_events_carry_the_whole_document_and_the_version(place):
    offer = place.publish("bourse")
    place.archive(offer, "le programme est terminé")
    published, withdrawn = outbox(place)
    assert published.offer.slug == "bourse"
    assert published.offer.version == 2
    assert [one.slug for one in published.offer.organisation_details] == ["genci"]
    assert (withdrawn.version, withdrawn.reason) == (3, "le programme est terminé")


def test_a_draft_is_announced_to_nobody(place):
    place.catalog.offers.commands.create(content(), BY_CURATOR)
    assert outbox(place) == []


def test_of_two_writers_at_once_one_wins(place):
    offer = place.publish("bourse")

    def write(number):
        changed = OfferTarget(reference=str(offer.id), by=BY_CURATOR, version=offer.version)
        try:
            place.catalog.offers.commands.revise(
                changed, content("bourse", keywords=[f"mot-{number}"])
            )
        except StaleVersionError:
            return "stale"
        return "won"

    with ThreadPoolExecutor(4) as threads:
        outcomes = sorted(threads.map(write, range(4)))
    assert outcomes == ["stale", "stale", "stale", "won"]
    with place.catalog.base.open() as uow:
        assert uow.offers.get(offer.id).version == offer.version + 1


def test_a_version_stored_meanwhile_is_never_overwritten(place):
    """On a database that lets two transactions read the same version, the row decides."""
    offer = place.publish("bourse")
    place.revise(offer, content("bourse", keywords=["autre"]))
    late = restate(offer, place.clock())
    revision = revision_of(offer, late, Note(action="revised", by=BY_CURATOR))
    with place.catalog.base.open() as uow, pytest.raises(StaleVersionError):
        uow.offers.save(late, revision)


def test_a_slug_is_never_given_twice_not_even_a_former_one(place):
    offer = place.publish("bourse")
    place.revise(offer, content("bourse-bis"))
    for slug in ("bourse", "bourse-bis"):
        with pytest.raises(SlugTakenError):
            place.catalog.offers.commands.create(content(slug), BY_CURATOR)


def test_an_offer_may_take_its_own_former_slug_back(place):
    offer = place.publish("bourse")
    place.revise(offer, content("bourse-bis"))
    assert place.revise(offer, content("bourse")).former_slugs == ("bourse-bis",)


def test_equal_content_makes_no_version_and_no_event(place):
    offer = place.publish("bourse")
    before = counts(place)
    assert place.revise(offer, content("bourse")) == offer
    assert counts(place) == before


def test_a_renamed_organisation_reaches_the_offers_that_show_it(place):
    offer = place.publish("bourse")
    place.catalog.offers.commands.create(content("brouillon"), BY_CURATOR)
    renamed = organisation("genci", "Grand équipement national")
    place.catalog.offers.organisations.put(renamed, 1, BY_CURATOR)
    last = outbox(place)[-1]
    assert last.offer.version == offer.version + 1
    assert last.offer.organisation_details[0].name == "Grand équipement national"
    assert len(outbox(place)) == 2


def test_an_organisation_changed_against_an_old_version_is_refused(place):
    with pytest.raises(StaleVersionError):
        place.catalog.offers.organisations.put(organisation("genci", "Autre"), 7, BY_CURATOR)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        (
            {"organisations": [{"organisation": "personne", "role": "provider"}]},
            "/organisations/0/organisation",
        ),
        (
            {"details": {"stacking": {"needs_prior": ["nulle-part"]}}},
            "/details/stacking/needs_prior/0",
        ),
        ({"details": {"stacking": {"excludes": ["nulle-part"]}}}, "/details/stacking/excludes/0"),
    ],
)
def test_a_reference_that_leads_nowhere_is_a_fault_with_its_place(place, changes, pointer):
    with pytest.raises(Faults) as refused:
        place.catalog.offers.commands.create(content(**changes), BY_CURATOR)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]


def test_the_members_of_a_federation_must_be_offers(place):
    members = [{"offer": "jean-zay"}, {"offer": "adastra"}]
    details = {"nature": "federation", "members": members}
    place.publish("jean-zay", "compute")
    with pytest.raises(Faults) as refused:
        place.catalog.offers.commands.create(
            content("union", "compute", details=details), BY_CURATOR
        )
    assert [fault.pointer for fault in refused.value.faults] == ["/details/members/1/offer"]


def test_a_former_slug_still_counts_as_a_reference(place):
    offer = place.publish("bourse")
    place.revise(offer, content("bourse-bis"))
    place.catalog.offers.commands.create(
        content("suite", details={"stacking": {"needs_prior": ["bourse"]}}), BY_CURATOR
    )


async def test_hot_reads_run_a_constant_number_of_statements(
    place, reader, reads, organisation_reads, monkeypatch
):
    offer = place.publish("bourse", title=both("un"))
    place.revise(offer, content("bourse-bis"))
    place.archive(place.publish("finie"))
    statements = []
    asked = type(reader).rows

    async def noted(self, statement, *values):
        statements.append(statement)
        return await asked(self, statement, *values)

    monkeypatch.setattr(type(reader), "rows", noted)
    for reference, expected in {
        "bourse-bis": 1,
        str(offer.id): 1,
        "bourse": 2,
        "finie": 2,
        "inconnue": 2,
    }.items():
        statements.clear()
        await reads.offer(reference)
        assert len(statements) == expected, reference
    for number in range(30):
        place.catalog.offers.organisations.put(organisation(f"org-{number}"), None, BY_CURATOR)
    statements.clear()
    assert len(await organisation_reads.organisations("", 20)) == 20
    assert len(statements) == 1


async def test_a_reader_gets_what_a_writer_stored(place, reads, organisation_reads):
    offer = place.publish("bourse")
    found = await reads.offer("bourse")
    assert (found.offer_id, found.version) == (str(offer.id), offer.version)
    with place.catalog.base.open() as uow:
        rendered = uow.documents.of([offer.id])[0]
    assert (found.body, found.schedule) == (rendered.body, rendered.schedule)
    assert await reads.offer(str(offer.id)) == found
    assert (await organisation_reads.organisation("genci")).slug == "genci"
    assert await organisation_reads.organisation("personne") is None


async def test_a_reader_is_led_from_former_slugs_and_told_of_withdrawals(place, reads):
    offer = place.publish("bourse")
    place.revise(offer, content("bourse-bis"))
    gone = place.archive(place.publish("finie"), "le programme est terminé")
    assert await reads.offer("bourse") == Moved("bourse-bis")
    assert await reads.offer("finie") == Gone(
        "finie", "archived", gone.withdrawal_reason, gone.withdrawn_at
    )
    assert await reads.offer("inconnue") is None


async def test_a_draft_is_read_by_those_who_provide_it(place, reads):
    drafted = place.catalog.offers.commands.create(content("brouillon"), BY_CURATOR)
    assert await reads.offer("brouillon") is None
    assert await reads.working_copy("brouillon", None) == drafted
    assert await reads.working_copy(str(drafted.id), "genci") == drafted
    assert await reads.working_copy("brouillon", "inria") is None
    assert await reads.offer_id("brouillon", "genci") == drafted.id
    assert await reads.offer_id("brouillon", "inria") is None


async def test_revisions_come_newest_first_and_in_pages(place, reads):
    offer = place.publish("bourse")
    place.revise(offer, content("bourse", keywords=["aide"]))
    found = await reads.revisions(offer.id, None, 10)
    assert [one.number for one in found] == [4, 3, 2, 1]
    assert [one.action for one in found] == ["published", "revised", "published", "drafted"]
    assert [change.pointer for change in found[0].changes] == ["/keywords"]
    assert await reads.revisions(offer.id, 4, 1) == [found[1]]


async def test_every_former_text_is_kept_whole(place, reads):
    offer = place.publish("bourse")
    place.revise(offer, content("bourse", keywords=["aide"]))
    assert await reads.text_at(offer.id, 2) == content("bourse")
    assert await reads.text_at(offer.id, 3) == content("bourse", keywords=["aide"])
    restored = place.catalog.offers.commands.restore(target(offer), 1)
    assert restored.working == content("bourse")
    assert restored.content == content("bourse", keywords=["aide"])


def test_of_two_who_approve_at_once_one_wins(place):
    edited = place.edit(place.publish("bourse"), content("bourse", keywords=["aide"]))

    def approve(_number):
        changed = OfferTarget(reference=str(edited.id), by=BY_SECOND, version=edited.version)
        try:
            place.catalog.reviews.commands.publish(changed)
        except (StaleVersionError, NothingPendingError):
            return "late"
        return "won"

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(approve, range(4))) == ["late", "late", "late", "won"]


def test_of_two_who_want_a_slug_at_once_one_gets_it(place):
    def create(_number):
        try:
            place.catalog.offers.commands.create(content("bourse"), BY_CURATOR)
        except SlugTakenError:
            return "taken"
        return "created"

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(create, range(4))) == ["created", "taken", "taken", "taken"]


def test_of_two_who_store_an_organisation_at_once_one_wins(place):
    def put(number):
        named = organisation("nouvelle", f"Nouvelle {number}")
        try:
            return place.catalog.offers.organisations.put(named, 0, BY_CURATOR)[1]
        except StaleVersionError:
            return "stale"

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(put, range(4))) == ["created", "stale", "stale", "stale"]


def test_only_the_slug_s_own_constraint_is_told_as_a_taken_slug(place):
    """A fault of another constraint is a fault of ours, and is not dressed up as the writer's."""
    drafted = place.catalog.offers.commands.create(content("bourse"), BY_CURATOR)
    same_id = replace(drafted, pending=replace(drafted.pending, content=content("autre")))
    revision = revision_of(None, same_id, Note(action="drafted", by=BY_CURATOR))
    with place.catalog.base.open() as uow, pytest.raises(IntegrityError):
        uow.offers.add(same_id, revision)
