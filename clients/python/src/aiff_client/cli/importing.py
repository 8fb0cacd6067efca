"""`aiff import`: a partner's file is looked through, then applied when that is asked for."""

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from aiff_client.cli.access import open_client
from aiff_client.cli.output import (
    ROWS_REFUSED,
    WRONG_USE,
    Json,
    show_json,
    show_table,
    told_in_one_line,
)
from aiff_client.cli.words import word
from aiff_client.client import Client
from aiff_client.faults import ApiError
from aiff_client.generated import models
from aiff_client.sending import Answer

_MEDIA_TYPES: dict[str, Any] = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".ndjson": "application/x-ndjson",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WORKING = {"previewing", "applying"}
_LOOK_SECONDS = 0.5
# A row takes milliseconds; a worker that stands still for so long is not there.
_PATIENCE_SECONDS = 120


def import_file(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, NDJSON or JSON.")],
    partner: Annotated[str, typer.Option(help="Slug of your organisation.")],
    source: Annotated[str | None, typer.Option(help="The mapping that explains columns.")] = None,
    errors: Annotated[Path | None, typer.Option(help="Write refused rows here.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write what was looked at.")] = False,  # noqa: FBT002
    as_json: Json = False,  # noqa: FBT002
) -> None:
    """Look through a file, say what it would do, and do it with --apply."""
    media_type = _MEDIA_TYPES.get(file.suffix.lower())
    if media_type is None:
        typer.echo(f"aiff: {file}: {' '.join(_MEDIA_TYPES)}", err=True)
        raise typer.Exit(WRONG_USE)
    with told_in_one_line(), open_client() as client:
        body = file.read_bytes()
        sent = client.upload_import(
            body, media_type, partner=partner, source=source, name=file.name
        ).body
        seen = _finished(client, sent)
        if apply and seen.body.state == "previewed":
            seen = _finished(client, client.apply_import(sent.id, if_match=seen.etag).body)
        counts = seen.body.outcome if seen.body.state == "applied" else seen.body.foreseen
        if errors is not None and counts.refused:
            errors.write_bytes(client.read_import_errors(sent.id).body)
    _show(seen.body, counts, errors, as_json=as_json)
    if counts.refused or seen.body.refusal:
        raise typer.Exit(ROWS_REFUSED)


def _finished(client: Client, sent: models.ImportView) -> Answer[models.ImportView]:
    """Wait until no worker has anything to do with the file, as long as it goes on."""
    seen_at: tuple[str, int] | None = None
    moved_at = time.monotonic()
    while (seen := client.read_import(sent.id)).body.state in _WORKING:
        now_at = (seen.body.state, seen.body.progress.done)
        if now_at != seen_at:
            seen_at, moved_at = now_at, time.monotonic()
        if time.monotonic() - moved_at > _PATIENCE_SECONDS:
            raise ApiError(f"{word('stuck')} ({sent.id}, {now_at[0]})")
        time.sleep(_LOOK_SECONDS)
    return seen


def _show(
    seen: models.ImportView, counts: models.Counts, errors: Path | None, *, as_json: bool
) -> None:
    if as_json:
        show_json(seen)
        return
    names = ("created", "updated", "unchanged", "refused")
    show_table(names, [[getattr(counts, name) for name in names]])
    if seen.refusal is not None:
        typer.echo(f"aiff: {seen.refusal.line}: {seen.refusal.detail}", err=True)
    if errors is not None and counts.refused:
        typer.echo(f"{word('errors_in')} {errors}")
    if seen.state == "previewed":
        typer.echo(word("now_apply"))
