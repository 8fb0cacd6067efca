"""Partners' files: sent, looked through row by row, applied on order."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.responses import StreamingResponse

from aiff_catalog.imports.application.commands import Upload
from aiff_catalog.imports.application.ports import KeptRow, RowQuery
from aiff_catalog.imports.domain.imports import Import
from aiff_catalog.imports.entrypoints.http.schemas import (
    FORMATS,
    ImportInPath,
    ImportPage,
    ImportsParameters,
    ImportView,
    Progress,
    RowPage,
    RowsParameters,
    RowView,
    UploadParameters,
)
from aiff_catalog.imports.entrypoints.http.services import Imports
from aiff_catalog.shared.http.answers import PRIVATE, Shown, private_page
from aiff_catalog.shared.http.authors import authorship
from aiff_contracts.codec import dump_json
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    IF_MATCH_WHERE_SENT,
    NoParameters,
    StrictRoute,
    answered_with,
    idempotent,
    match_version,
    sent_with,
    versioned_etag,
)
from aiff_kit.problems import TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, Problem, said_to

router = APIRouter(prefix="/v1/imports", tags=["imports"], route_class=StrictRoute)

WriteOffers = Annotated[Principal, requires(Scope.OFFERS_WRITE)]
_NDJSON = "application/x-ndjson"
_LARGEST_FILE = 33_554_432
_BODY = {"schema": {"type": "string", "format": "binary"}}
_FILE = {"requestBody": {"required": True, "content": dict.fromkeys(FORMATS, _BODY)}}
_ONE: dict[int | str, dict[str, Any]] = {200: {"model": ImportView, **answered_with("ETag")}}
_SENT: dict[int | str, dict[str, Any]] = {202: {"model": ImportView}}
_ERRORS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The refused rows with their line and why.",
        "content": {"text/csv": _BODY, "application/x-ndjson": _BODY},
    }
}


async def _file(request: Request) -> bytes:
    """Read the body; 413 as soon as it is too large."""
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > _LARGEST_FILE:
            message = f"at most {_LARGEST_FILE} bytes; send the file in parts"
            raise Problem(TOO_LARGE, message)
        pieces.append(piece)
    return b"".join(pieces)


def _media_type(request: Request) -> str:
    """Return the media type of the body; 415 where no file of it can be read."""
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type not in FORMATS:
        detail = f"send one of {', '.join(FORMATS)}, not {media_type or 'nothing'}"
        raise Problem(UNSUPPORTED_MEDIA_TYPE, detail)
    return media_type


def _upload(media_type: str, parameters: UploadParameters) -> Upload:
    return Upload(
        partner=parameters.partner,
        format=FORMATS[media_type],
        source=parameters.source,
        name=parameters.name,
    )


@router.post("", status_code=202, responses=_SENT, openapi_extra=_FILE | sent_with(IDEMPOTENCY_KEY))
def upload_import(
    request: Request,
    imports: Imports,
    principal: WriteOffers,
    parameters: Annotated[UploadParameters, Query()],
    content: Annotated[bytes, Depends(_file)],
) -> Response:
    """Send a file of offers: CSV, XLSX, NDJSON or JSON, at most 32 MiB.

    It is looked through in the background; follow the Location until its state is `previewed`,
    then read the rows and order that it be applied. Nothing is written before that.
    """
    media_type = _media_type(request)
    told = _upload(media_type, parameters)

    def write() -> Response:
        new = imports.commands.upload(told, content, authorship(request, principal))
        return _answer(request, new, 202, {"Location": f"/v1/imports/{new.id}"})

    sent = b"%b\n%b\n%b" % (media_type.encode(), str(request.query_params).encode(), content)
    return idempotent(request, principal, imports.idempotency, sent, write)


@router.get("", responses={200: {"model": ImportPage}})
def list_imports(
    request: Request,
    imports: Imports,
    principal: WriteOffers,
    parameters: Annotated[ImportsParameters, Query()],
) -> Response:
    """Return imports, the newest first: a partner's system sees its own."""
    by = authorship(request, principal)
    place, after = ["imports", parameters.partner, by.limited_to], None
    if parameters.cursor is not None:
        after = UUID(imports.cursors.decode(parameters.cursor, place))
    said = _language(request)
    page = imports.commands.page(parameters.partner, by, after, parameters.limit + 1)
    shown: Shown[Import] = Shown(
        lambda one: _view(one, said), lambda one: imports.cursors.encode(str(one.id), place)
    )
    return private_page(request, page, parameters.limit, shown)


@router.get("/{import_id}", responses=_ONE, dependencies=[NoParameters])
def read_import(
    import_id: ImportInPath, request: Request, imports: Imports, principal: WriteOffers
) -> Response:
    """Return where an import is: its state, its progress and its counts."""
    return _answer(request, imports.commands.get(import_id, authorship(request, principal)))


@router.get("/{import_id}/rows", responses={200: {"model": RowPage}})
def list_import_rows(
    import_id: ImportInPath,
    request: Request,
    imports: Imports,
    principal: WriteOffers,
    parameters: Annotated[RowsParameters, Query()],
) -> Response:
    """Return what each row would do or did, in the order of the file's lines."""
    place, after = ["import-rows", str(import_id), parameters.result], 0
    if parameters.cursor is not None:
        after = imports.cursors.decode(parameters.cursor, place)
    query = RowQuery(after=after, limit=parameters.limit + 1, result=parameters.result)
    rows = imports.commands.rows(import_id, authorship(request, principal), query)
    said = _language(request)
    shown: Shown[KeptRow] = Shown(
        lambda one: _row(one, said), lambda one: imports.cursors.encode(one.line, place)
    )
    return private_page(request, rows, parameters.limit, shown)


@router.get(
    "/{import_id}/errors", responses=_ERRORS, dependencies=[NoParameters], response_class=Response
)
def read_import_errors(
    import_id: ImportInPath, request: Request, imports: Imports, principal: WriteOffers
) -> Response:
    """Return the refused rows as a file of the same columns or objects, each with why.

    Mended, it can be sent as it is: the two columns that it adds are passed over.
    """
    by = authorship(request, principal)
    file = imports.commands.error_file(import_id, by, _language(request))
    ending, media_type = ("csv", "text/csv") if file.is_table else ("ndjson", _NDJSON)
    headers = {
        "Cache-Control": PRIVATE,
        "Content-Disposition": f'attachment; filename="errors-{import_id}.{ending}"',
    }
    return StreamingResponse(file.pieces, headers=headers, media_type=media_type)


@router.post(
    "/{import_id}/apply",
    status_code=202,
    responses=_SENT,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def apply_import(
    import_id: ImportInPath, request: Request, imports: Imports, principal: WriteOffers
) -> Response:
    """Order that the rows be written; If-Match names the version whose preview was read.

    Each row is looked at anew. What the partner's policy does not let it publish waits for
    review, as with any other write.
    """
    version = match_version(request)
    changed = imports.commands.apply(import_id, authorship(request, principal), version)
    return _answer(request, changed, 202, {"Location": f"/v1/imports/{import_id}"})


@router.post(
    "/{import_id}/cancel",
    responses=_ONE,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT),
)
def cancel_import(
    import_id: ImportInPath, request: Request, imports: Imports, principal: WriteOffers
) -> Response:
    """Give an import up before any of it was written; its file is forgotten."""
    by = authorship(request, principal)
    version = match_version(request) if "if-match" in request.headers else None
    return _answer(request, imports.commands.cancel(import_id, by, version))


def _answer(
    request: Request, current: Import, status: int = 200, more: dict[str, str] | None = None
) -> Response:
    headers = {"ETag": versioned_etag(current.version), "Cache-Control": PRIVATE, **(more or {})}
    return Response(
        _view(current, _language(request)), status, headers, media_type="application/json"
    )


def _language(request: Request) -> Callable[[str], str]:
    """Return what says a fault in the language of the request."""
    return said_to(request.headers.get("accept-language"))


def _view(current: Import, said: Callable[[str], str]) -> bytes:
    file, refusal = current.file, current.refusal
    view = ImportView(
        id=current.id,
        partner=file.partner,
        source=file.source,
        format=file.format,
        name=file.name,
        size=file.size,
        digest=file.digest,
        state=current.state,
        version=current.version,
        progress=Progress(done=current.done, rows=current.rows),
        foreseen=current.foreseen,
        outcome=current.outcome,
        refusal=None if refusal is None else replace(refusal, detail=said(refusal.detail)),
        uploaded_by=current.uploaded_by.author,
        uploaded_at=current.uploaded_at,
        previewed_at=current.previewed_at,
        applied_by=None if current.applied_by is None else current.applied_by.author,
        finished_at=current.finished_at,
    )
    return dump_json(view)


def _row(row: KeptRow, said: Callable[[str], str]) -> bytes:
    view = RowView(
        line=row.line,
        external_id=row.external_id,
        foreseen=row.foreseen,
        outcome=row.outcome,
        faults=tuple(replace(fault, detail=said(fault.detail)) for fault in row.faults),
    )
    return dump_json(view)
