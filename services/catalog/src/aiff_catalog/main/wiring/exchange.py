"""Dumps, changes and feeds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from aiff_catalog.exchange.adapters.formats.naming import Addresses
from aiff_catalog.exchange.adapters.formats.xml import XmlFeeds
from aiff_catalog.exchange.adapters.reads import SqlExchangeReads
from aiff_catalog.exchange.application.exports import Exports
from aiff_catalog.exchange.application.numbering import ChangeNumbering
from aiff_catalog.main.settings import Settings
from aiff_catalog.main.wiring.base import Base
from aiff_catalog.main.wiring.formats import exports, representations, schema_org_of
from aiff_catalog.offers.application.ports import Representation


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeParts:
    """What is read and in which formats; `numbering` is the worker's."""

    numbering: ChangeNumbering
    reads: SqlExchangeReads
    exports: Exports
    feeds: XmlFeeds
    representations: Mapping[str, Representation]
    schema_org: Representation


def wire_exchange(base: Base, settings: Settings) -> ExchangeParts:
    """Return what exchanges with other systems."""
    addresses = Addresses(settings.exchange.public_url)
    kept = timedelta(days=settings.exchange.changes_kept_days)
    return ExchangeParts(
        numbering=ChangeNumbering(base.open, base.clock, kept),
        reads=SqlExchangeReads(base.reader),
        exports=exports(addresses),
        feeds=XmlFeeds(addresses),
        representations=representations(addresses),
        schema_org=schema_org_of(addresses),
    )
