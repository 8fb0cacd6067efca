"""Which dumps there are."""

from aiff_catalog.adapters.exports.lines import NdjsonWriter
from aiff_catalog.application.exports import Export, Exports, catalogue_lines, written_by

_NDJSON = "application/x-ndjson"


def exports() -> Exports:
    """Return the dumps by name."""
    return {one.name: one for one in _exports()}


def _exports() -> tuple[Export, ...]:
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
