"""Which searches are answered with a table, and that answer."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

from aiff_catalog.search.application.tables import MOST_ROWS, SearchTables
from aiff_catalog.search.entrypoints.http.schemas import SearchParameters, TableFormat
from aiff_catalog.shared.http.answers import PUBLIC_LIST, content_etag
from aiff_contracts.codec import Fault
from aiff_kit.http import if_none_match, negotiated
from aiff_kit.problems import UNKNOWN_PARAMETER, Problem

JSON = "application/json"
MEDIA_TYPES: Mapping[TableFormat, str] = {
    "json": JSON,
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FORMATS = {media_type: name for name, media_type in MEDIA_TYPES.items()}
# What asks for a page or for what only JSON shows.
_OF_PAGES = ("limit", "cursor", "facets", "highlight", "count")
TABLES: dict[str, Any] = {
    "content": {
        media_type: {"schema": {"type": "string", "format": "binary"}}
        for media_type in MEDIA_TYPES.values()
        if media_type != JSON
    },
    "description": "A page; or, by `format` or `Accept`, the table of what is found, all pages"
    f" at once, at most {MOST_ROWS} offers: the header X-Total-Count says how many are found.",
}


def wanted_table(request: Request, parameters: SearchParameters) -> str | None:
    """Return the media type of the table that is asked for, None for a page in JSON."""
    accept = request.headers.get("accept", "")
    media_type = JSON
    if parameters.format is not None:
        media_type = MEDIA_TYPES[parameters.format]
    elif any(one in accept for one in MEDIA_TYPES.values() if one != JSON):
        media_type = negotiated(accept, tuple(MEDIA_TYPES.values()))
    if media_type == JSON:
        return None
    _refuse_pages(parameters)
    return media_type


async def table_answer(
    request: Request, tables: SearchTables, parameters: SearchParameters, media_type: str
) -> Response:
    """Return the table of a search as a file to be kept."""
    table = await tables.of(parameters.query(0), media_type)
    name = f"offers.{_FORMATS[media_type]}"
    headers = {
        "ETag": content_etag(table.file),
        "Cache-Control": PUBLIC_LIST,
        "Vary": "Accept",
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Total-Count": str(table.total),
    }
    if if_none_match(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(table.file, headers=headers, media_type=media_type)


def _refuse_pages(parameters: SearchParameters) -> None:
    asked = [name for name in _OF_PAGES if name in parameters.model_fields_set]
    detail = "a table has all pages at once; leave this out, or ask for JSON"
    if asked:
        faults = [Fault(f"/{name}", "not_of_a_table", detail) for name in asked]
        raise Problem(UNKNOWN_PARAMETER, detail, faults=faults)
