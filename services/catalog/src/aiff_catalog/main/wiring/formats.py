"""Which dumps there are, and in which other formats one offer can be read."""

from collections.abc import Callable, Mapping, Sequence

from rdflib import Graph

from aiff_catalog.exchange.adapters.formats import aid_schemes
from aiff_catalog.exchange.adapters.formats.calendars import (
    CalendarWriter,
    deadline_events,
    session_events,
)
from aiff_catalog.exchange.adapters.formats.dcat import DataCatalogue
from aiff_catalog.exchange.adapters.formats.lines import NdjsonWriter
from aiff_catalog.exchange.adapters.formats.linked_data import (
    JSON_LD,
    TURTLE,
    JsonLdWriter,
    TurtleWriter,
    embeddable,
    json_ld,
    public_services,
    turtle,
)
from aiff_catalog.exchange.adapters.formats.naming import Addresses
from aiff_catalog.exchange.adapters.formats.schema_org import (
    CONTEXT,
    SchemaOrgWriter,
    described,
)
from aiff_catalog.exchange.adapters.formats.tables import (
    OFFER_COLUMNS,
    CsvWriter,
    XlsxWriter,
    offer_row,
)
from aiff_catalog.exchange.application.exports import (
    Export,
    Exports,
    catalogue_lines,
    written_by,
)
from aiff_catalog.exchange.application.ports import ExportWriter
from aiff_catalog.offers.application.ports import Representation
from aiff_catalog.search.application.tables import WriteTable
from aiff_contracts.codec import parse_json
from aiff_contracts.offer import OfferDocument

_NDJSON = "application/x-ndjson"
_CSV = "text/csv"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AID_SCHEMES = "https://github.com/etalab/schema-dispositif-aide/raw/v0.2.0/build"
_CALENDAR = "text/calendar"
_DCAT_AP = "https://semiceu.github.io/DCAT-AP/releases/3.0.0/"
_CPSV_AP = "https://semiceu.github.io/CPSV-AP/releases/3.2.0/"


def exports(addresses: Addresses) -> Exports:
    """Return the dumps by name."""
    dumps = (*_lines(), *_tables(), *_public_services(addresses), *_others(addresses))
    return {one.name: one for one in (*dumps, *_data_catalogue(addresses, dumps))}


def representations(addresses: Addresses) -> Mapping[str, Representation]:
    """Return the other formats of one offer, by media type."""
    describe = public_services(addresses)

    def of(write: Callable[[Graph], bytes]) -> Representation:
        return lambda body: write(describe([parse_json(OfferDocument, body)]))

    return {TURTLE: of(turtle), JSON_LD: of(json_ld)}


def search_tables() -> Mapping[str, WriteTable]:
    """Return what writes the offers of a search as a table, by media type."""

    def by(opened: Callable[[], ExportWriter]) -> WriteTable:
        def write(documents: Sequence[bytes]) -> bytes:
            writer = opened()
            return b"".join((writer.begin(), writer.add(documents), *writer.end()))

        return write

    return {
        _CSV: by(lambda: CsvWriter(OFFER_COLUMNS, offer_row)),
        _XLSX: by(lambda: XlsxWriter(OFFER_COLUMNS, offer_row)),
    }


def schema_org_of(addresses: Addresses) -> Representation:
    """Return what describes one offer by schema.org."""

    def represent(body: bytes) -> bytes:
        node = described(parse_json(OfferDocument, body), addresses)
        return embeddable({"@context": CONTEXT, **node})

    return represent


def _lines() -> tuple[Export, ...]:
    return (
        Export(
            name="offers.ndjson",
            media_type=_NDJSON,
            title_fr="Toutes les offres publiées, une par ligne, comme les lit le public",
            title_en="All published offers, one a line, as the public reads them",
            stream=written_by(NdjsonWriter),
        ),
        Export(
            name="catalogue.ndjson",
            media_type=_NDJSON,
            title_fr="Organisations et textes des offres, à charger dans un autre catalogue",
            title_en="Organisations and texts of the offers, to be loaded into another catalogue",
            stream=catalogue_lines,
        ),
    )


def _tables() -> tuple[Export, ...]:
    return (
        Export(
            name="offers.csv",
            media_type=_CSV,
            title_fr="Toutes les offres en tableau, une par ligne",
            title_en="All offers as a table, one a line",
            stream=written_by(lambda: CsvWriter(OFFER_COLUMNS, offer_row)),
        ),
        Export(
            name="offers.xlsx",
            media_type=_XLSX,
            title_fr="Toutes les offres en classeur Excel",
            title_en="All offers as an Excel workbook",
            stream=written_by(lambda: XlsxWriter(OFFER_COLUMNS, offer_row)),
        ),
        Export(
            name="dispositifs-aide.csv",
            media_type=_CSV,
            title_fr="Dispositifs d'aide, schéma de table 0.2.0",
            title_en="Aid schemes by the French table schema 0.2.0",
            stream=written_by(lambda: CsvWriter(aid_schemes.CORE, aid_schemes.core_row)),
            conforms_to=f"{_AID_SCHEMES}/dispositif-aide/schema.json",
        ),
        Export(
            name="dispositifs-aide-professionnels.csv",
            media_type=_CSV,
            title_fr="Dispositifs d'aide pour les professionnels, schéma de table 0.2.0",
            title_en="Aid schemes for professionals by the French table schema 0.2.0",
            stream=written_by(
                lambda: CsvWriter(aid_schemes.PROFESSIONALS, aid_schemes.professional_row)
            ),
            conforms_to=f"{_AID_SCHEMES}/dispositif-aide-professionnels/schema.json",
        ),
    )


def _public_services(addresses: Addresses) -> tuple[Export, ...]:
    describe = public_services(addresses)
    return (
        Export(
            name="public-services.ttl",
            media_type=TURTLE,
            title_fr="Services publics selon CPSV-AP 3.2.0, en Turtle",
            title_en="Public services by CPSV-AP 3.2.0, as Turtle",
            stream=written_by(lambda: TurtleWriter(describe)),
            conforms_to=_CPSV_AP,
        ),
        Export(
            name="public-services.jsonld",
            media_type=JSON_LD,
            title_fr="Services publics selon CPSV-AP 3.2.0, en JSON-LD",
            title_en="Public services by CPSV-AP 3.2.0, as JSON-LD",
            stream=written_by(lambda: JsonLdWriter(describe)),
            conforms_to=_CPSV_AP,
        ),
    )


def _others(addresses: Addresses) -> tuple[Export, ...]:
    return (
        Export(
            name="schema-org.jsonld",
            media_type=JSON_LD,
            title_fr="Toutes les offres selon schema.org",
            title_en="All offers by schema.org",
            stream=written_by(lambda: SchemaOrgWriter(addresses)),
            conforms_to=CONTEXT,
        ),
        Export(
            name="deadlines.ics",
            media_type=_CALENDAR,
            title_fr="Dates limites de toutes les offres",
            title_en="Deadlines of all offers",
            stream=written_by(
                lambda: CalendarWriter(
                    "AI Factory France : dates limites", deadline_events, addresses
                )
            ),
        ),
        Export(
            name="sessions.ics",
            media_type=_CALENDAR,
            title_fr="Sessions de formation et promotions",
            title_en="Sessions of courses and cohorts",
            stream=written_by(
                lambda: CalendarWriter("AI Factory France : sessions", session_events, addresses)
            ),
        ),
    )


def _data_catalogue(addresses: Addresses, dumps: Sequence[Export]) -> tuple[Export, ...]:
    described_by = DataCatalogue(addresses, dumps)
    return tuple(
        Export(
            name=name,
            media_type=media_type,
            title_fr="Le catalogue de données : exports et API, selon DCAT-AP 3",
            title_en="The catalogue of data: dumps and API, by DCAT-AP 3",
            stream=described_by.stream(write),
            conforms_to=_DCAT_AP,
        )
        for name, media_type, write in (
            ("dcat.ttl", TURTLE, turtle),
            ("dcat.jsonld", JSON_LD, json_ld),
        )
    )
