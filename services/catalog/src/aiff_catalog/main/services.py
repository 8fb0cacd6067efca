"""What the routes of each capability work with."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiff_catalog.exchange.entrypoints.http.services import ExchangeServices
from aiff_catalog.imports.entrypoints.http.services import ImportServices
from aiff_catalog.main.catalog import Catalog
from aiff_catalog.offers.entrypoints.http.services import OfferServices
from aiff_catalog.partners.entrypoints.http.services import PartnerServices
from aiff_catalog.quality.entrypoints.http.services import QualityServices
from aiff_catalog.reviews.entrypoints.http.services import ReviewServices
from aiff_catalog.search.entrypoints.http.services import SearchServices
from aiff_catalog.shared.tables import idempotency
from aiff_catalog.vocabularies.entrypoints.http.services import VocabularyServices
from aiff_kit.clock import Clock
from aiff_kit.http import Admission, CursorSigner, IdempotencyStore

_DUMPS_AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Web:
    """What the routes of several capabilities need of the web."""

    cursors: CursorSigner
    idempotency: IdempotencyStore
    clock: Clock


def services(catalog: Catalog, secret: str) -> Mapping[type, object]:
    """Return what the routes work with, by its class; the secret signs cursors."""
    base = catalog.base
    web = _Web(
        cursors=CursorSigner(secret),
        idempotency=IdempotencyStore(base.engine, idempotency, base.clock),
        clock=base.clock,
    )
    provided: tuple[object, ...] = (
        SearchServices(
            searches=catalog.search.readers, tables=catalog.search.tables, cursors=web.cursors
        ),
        _vocabularies(catalog),
        _offers(catalog, web),
        PartnerServices(
            writes=catalog.partners,
            cursors=web.cursors,
            idempotency=web.idempotency,
            clock=web.clock,
        ),
        _quality(catalog, web),
        ReviewServices(commands=catalog.reviews.commands, queries=catalog.reviews.queries),
        ImportServices(
            commands=catalog.imports.commands, cursors=web.cursors, idempotency=web.idempotency
        ),
        _exchange(catalog, web),
        catalog.statistics.queries,
    )
    return {type(one): one for one in provided}


def _vocabularies(catalog: Catalog) -> VocabularyServices:
    parts = catalog.vocabularies
    return VocabularyServices(words=parts.words, commands=parts.commands, previews=parts.previews)


def _offers(catalog: Catalog, web: _Web) -> OfferServices:
    parts, formats = catalog.offers, catalog.exchange
    return OfferServices(
        reads=parts.reads,
        queries=parts.queries,
        comparing=parts.comparing,
        organisation_reads=parts.organisation_reads,
        commands=parts.commands,
        organisations=parts.organisations,
        representations=formats.representations,
        schema_org=formats.schema_org,
        cursors=web.cursors,
        idempotency=web.idempotency,
        clock=web.clock,
    )


def _quality(catalog: Catalog, web: _Web) -> QualityServices:
    parts = catalog.quality
    return QualityServices(
        work_list=parts.work_list,
        duplicates=parts.duplicates,
        merging=parts.merging,
        similar=parts.similar,
        reports=parts.reports,
        cursors=web.cursors,
    )


def _exchange(catalog: Catalog, web: _Web) -> ExchangeServices:
    parts = catalog.exchange
    return ExchangeServices(
        reads=parts.reads,
        exports=parts.exports,
        feeds=parts.feeds,
        dumps=Admission(_DUMPS_AT_ONCE),
        cursors=web.cursors,
        clock=web.clock,
    )
