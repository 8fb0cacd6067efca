from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select
from tests.catalog.support import BY_CURATOR, content, organisation, target

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.settings import Settings
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_catalog.shared.tables import (
    error_report,
    metadata,
    offer,
    offer_document,
    offer_revision,
)
from aiff_kit.db import downgrade, head_revision, open_engine, sqlite_url, upgrade
from aiff_kit.service import read_settings


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def url(request, tmp_path):
    """An empty database."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "catalog.db")
    postgres, name = request.getfixturevalue("postgres"), f"stairway_{uuid4().hex}"
    postgres.create_database(name)
    return postgres.url(name)


@pytest.fixture
def opened(url):
    engine = open_engine(url)
    yield engine
    engine.dispose()


def tables_of(engine):
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_the_schema_goes_up_down_and_up_again(url, opened):
    upgrade(url, MIGRATIONS)
    assert tables_of(opened) == set(metadata.tables)
    downgrade(url, MIGRATIONS, "base")
    assert tables_of(opened) == set()
    upgrade(url, MIGRATIONS, "0001")
    upgrade(url, MIGRATIONS)
    downgrade(url, MIGRATIONS, "0001")
    upgrade(url, MIGRATIONS)
    assert tables_of(opened) == set(metadata.tables)


def test_the_migrations_make_exactly_the_tables_of_the_code(url, opened):
    upgrade(url, MIGRATIONS)
    with opened.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == head_revision(MIGRATIONS)
        assert compare_metadata(context, metadata) == []


def test_documents_that_were_there_get_what_lists_are_made_of(url, opened, monkeypatch):
    upgrade(url, MIGRATIONS)
    monkeypatch.setenv("CATALOG_DATABASE_URL", url)
    catalog = Catalog(read_settings(Settings))
    catalog.offers.organisations.put(organisation("genci"), None, BY_CURATOR)
    catalog.offers.commands.load(content("bourse", territories=["FR-IDF"]), BY_CURATOR)
    catalog.close()
    table = offer_document
    stored = select(table.c.title_order, table.c.words, table.c.terms, table.c.status)
    stored = stored.add_columns(table.c.amount, table.c.published_at, table.c.deadline)
    with opened.connect() as connection:
        before = connection.execute(stored).all()
    downgrade(url, MIGRATIONS, "0001")
    upgrade(url, MIGRATIONS)
    with opened.connect() as connection:
        assert connection.execute(stored).all() == before
    assert before[0].title_order == "bourse"


def test_drafts_and_withdrawn_offers_are_carried_over_and_back(url, opened, monkeypatch):
    upgrade(url, MIGRATIONS)
    monkeypatch.setenv("CATALOG_DATABASE_URL", url)
    catalog = Catalog(read_settings(Settings))
    catalog.offers.organisations.put(organisation("genci"), None, BY_CURATOR)
    catalog.offers.commands.create(content("brouillon"), BY_CURATOR)
    catalog.offers.commands.load(content("finie"), BY_CURATOR)
    catalog.reviews.commands.hide(target("finie"), "archive", "terminé")
    catalog.close()
    stored = select(offer.c.slug, offer.c.state, offer.c.content, offer.c.pending_state)
    stored = stored.order_by(offer.c.slug)
    with opened.connect() as connection:
        before = connection.execute(stored).all()
    downgrade(url, MIGRATIONS, "0002")
    with opened.connect() as connection:
        old = connection.exec_driver_sql("SELECT slug, state FROM offer ORDER BY slug").all()
        assert [tuple(row) for row in old] == [("brouillon", "draft"), ("finie", "withdrawn")]
    upgrade(url, MIGRATIONS)
    with opened.connect() as connection:
        assert connection.execute(stored).all() == before
    catalog = Catalog(read_settings(Settings))
    with catalog.base.open() as uow:
        draft = uow.offers.by_slug("brouillon")
        assert (draft.working, draft.pending.editors) == (content("brouillon"), ("curator-1",))
        assert uow.offers.text_at(draft.id, 1) == content("brouillon")
    catalog.close()


def test_codes_of_before_are_respelt_and_those_that_mean_nothing_are_told(url, opened, monkeypatch):
    upgrade(url, MIGRATIONS)
    monkeypatch.setenv("CATALOG_DATABASE_URL", url)
    catalog = Catalog(read_settings(Settings))
    catalog.offers.organisations.put(organisation("genci"), None, BY_CURATOR)
    catalog.offers.commands.load(content("ancienne", languages=["fr", "en"]), BY_CURATOR)
    catalog.close()
    downgrade(url, MIGRATIONS, "0015")
    old = (b'"languages":["fr","en"]', b'"languages":["FR","12"]')
    stored = ((offer, offer.c.content), (offer_document, offer_document.c.body))
    with opened.begin() as connection:
        for table, column in (*stored, (offer_document, offer_document.c.summary)):
            raw = connection.execute(select(column)).scalar_one()
            connection.execute(table.update().values({column.name: raw.replace(*old)}))
    upgrade(url, MIGRATIONS)
    with opened.connect() as connection:
        for table, column in stored:
            raw = connection.execute(select(column)).scalar_one()
            assert b'"languages":["fr"]' in raw, table.name
        told = connection.execute(select(error_report.c.pointer, error_report.c.message)).all()
    assert [(one.pointer, "12" in one.message) for one in told] == [("/languages", True)]
    catalog = Catalog(read_settings(Settings))
    with catalog.base.open() as uow:
        assert uow.offers.by_slug("ancienne").text.languages == ("fr",)
    catalog.close()


def test_stored_places_are_put_in_the_codes_of_today_and_shown_to_curators(
    url, opened, monkeypatch
):
    upgrade(url, MIGRATIONS)
    monkeypatch.setenv("CATALOG_DATABASE_URL", url)
    catalog = Catalog(read_settings(Settings))
    catalog.offers.organisations.put(organisation("genci"), None, BY_CURATOR)
    catalog.offers.commands.load(content("publiee", territories=["DEP-33"]), BY_CURATOR)
    catalog.offers.commands.create(content("brouillon", territories=["DEP-33"]), BY_CURATOR)
    catalog.close()
    columns = (
        *((offer, name) for name in ("content", "pending")),
        (offer_revision, "content"),
        *((offer_document, name) for name in ("body", "summary")),
    )
    with opened.begin() as connection:
        for table, name in columns:
            for key, raw in connection.execute(select(table.c[1], table.c[name])).all():
                if raw is not None:
                    old = raw.replace(b'"DEP-33"', b'"COM-33000","COM-99138"')
                    is_it = table.c[1] == key
                    connection.execute(table.update().where(is_it).values({name: old}))
    downgrade(url, MIGRATIONS, "0016")
    upgrade(url, MIGRATIONS)
    with opened.connect() as connection:
        for table, name in columns:
            stored = b"".join(filter(None, connection.execute(select(table.c[name])).scalars()))
            assert b"COM-33000" not in stored
            assert b"COM-99138" not in stored
        assert "region:COM-33063" in connection.execute(select(offer_document.c.terms)).scalar_one()
        told = connection.execute(select(error_report.c.message)).scalars().all()
    assert len(told) == 4
    assert len({message.split()[0] for message in told}) == 2
    catalog = Catalog(read_settings(Settings))
    with catalog.base.open() as uow:
        for slug in ("publiee", "brouillon"):
            assert uow.offers.by_slug(slug).working.territories == ("COM-33063",)
    catalog.close()
