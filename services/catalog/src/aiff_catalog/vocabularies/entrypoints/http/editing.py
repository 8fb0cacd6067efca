"""The vocabularies that curators keep: read, draft, compare, publish, restore."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from aiff_catalog.shared.http.answers import PRIVATE, PUBLIC_LIST, content_etag, public_json
from aiff_catalog.shared.http.authors import CHANGE_REASON, authorship
from aiff_catalog.vocabularies.application.editing import VocabularyTarget
from aiff_catalog.vocabularies.domain.vocabulary import Edition, EditionChanges, Vocabulary
from aiff_catalog.vocabularies.entrypoints.http.schemas import (
    ChangedEntry,
    DraftContent,
    EditionChoice,
    EditionComparison,
    EditionLine,
    EditionList,
    EditionNumber,
    EditorVocabulary,
    PublicVocabulary,
    VocabularyDifference,
    VocabularyName,
)
from aiff_catalog.vocabularies.entrypoints.http.services import Vocabularies
from aiff_contracts.codec import dump_json
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import (
    IF_MATCH,
    IF_MATCH_WHERE_SENT,
    IF_NONE_MATCH,
    NoParameters,
    StrictRoute,
    match_version,
    sent_with,
    versioned_etag,
)

router = APIRouter(prefix="/v1/vocabularies", tags=["vocabularies"], route_class=StrictRoute)

EditVocabularies = Annotated[Principal, requires(Scope.VOCABULARIES_EDIT)]
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": EditorVocabulary}}


@router.get(
    "/{name}",
    responses={200: {"model": PublicVocabulary}},
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_NONE_MATCH),
)
def read_vocabulary(name: VocabularyName, request: Request, kept: Vocabularies) -> Response:
    """Return the edition of a vocabulary that holds."""
    vocabulary = kept.commands.read(name)
    shown = PublicVocabulary(
        name=vocabulary.name,
        edition=vocabulary.live.number,
        published_at=vocabulary.live.at,
        entries=vocabulary.live.entries,
    )
    body = dump_json(shown)
    return public_json(request, body, content_etag(body), PUBLIC_LIST)


@router.get("/{name}/draft", responses=_ANSWERS, dependencies=[NoParameters])
def read_vocabulary_draft(
    name: VocabularyName, kept: Vocabularies, principal: EditVocabularies
) -> Response:
    """Return the edition that holds and the draft of the next, with the version to name."""
    del principal
    return _edited(kept.commands.read(name))


@router.put(
    "/{name}/draft",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH, CHANGE_REASON),
)
def write_vocabulary_draft(
    name: VocabularyName,
    content: DraftContent,
    request: Request,
    kept: Vocabularies,
    principal: EditVocabularies,
) -> Response:
    """Make these entries the draft; If-Match names the version that was read."""
    target = _target(request, principal, name, strict=True)
    return _edited(kept.commands.revise(target, content.entries))


@router.post(
    "/{name}/discard",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT, CHANGE_REASON),
)
def discard_vocabulary_draft(
    name: VocabularyName, request: Request, kept: Vocabularies, principal: EditVocabularies
) -> Response:
    """Throw the draft away."""
    return _edited(kept.commands.discard(_target(request, principal, name)))


@router.post(
    "/{name}/publish",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT, CHANGE_REASON),
)
def publish_vocabulary_draft(
    name: VocabularyName, request: Request, kept: Vocabularies, principal: EditVocabularies
) -> Response:
    """Make the draft the edition that holds; nobody publishes what they wrote."""
    return _edited(kept.commands.publish(_target(request, principal, name)))


@router.post(
    "/{name}/restore",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT, CHANGE_REASON),
)
def restore_vocabulary_edition(
    name: VocabularyName,
    choice: EditionChoice,
    request: Request,
    kept: Vocabularies,
    principal: EditVocabularies,
) -> Response:
    """Make a former edition the draft."""
    target = _target(request, principal, name)
    return _edited(kept.commands.restore(target, choice.edition))


@router.get(
    "/{name}/editions", responses={200: {"model": EditionList}}, dependencies=[NoParameters]
)
def list_vocabulary_editions(
    name: VocabularyName, kept: Vocabularies, principal: EditVocabularies
) -> Response:
    """Return who published what, when and why, newest first."""
    del principal
    lines = tuple(_line(edition) for edition in kept.commands.editions(name))
    return _private(dump_json(EditionList(items=lines)))


@router.get(
    "/{name}/editions/{number}",
    responses={200: {"model": PublicVocabulary}},
    dependencies=[NoParameters],
)
def read_vocabulary_edition(
    name: VocabularyName, number: EditionNumber, kept: Vocabularies, principal: EditVocabularies
) -> Response:
    """Return a former edition."""
    del principal
    edition = kept.commands.edition(name, number)
    shown = PublicVocabulary(
        name=kept.commands.read(name).name,
        edition=edition.number,
        published_at=edition.at,
        entries=edition.entries,
    )
    return _private(dump_json(shown))


@router.get("/{name}/diff", responses={200: {"model": VocabularyDifference}})
def compare_vocabulary_editions(
    name: VocabularyName,
    kept: Vocabularies,
    parameters: Annotated[EditionComparison, Query()],
    principal: EditVocabularies,
) -> Response:
    """Compare two editions: numbers, `live` or `draft`."""
    del principal
    changes = kept.commands.compare(name, parameters.before, parameters.after)
    return _private(dump_json(_difference(parameters, changes)))


def _target(
    request: Request, principal: Principal, name: str, *, strict: bool = False
) -> VocabularyTarget:
    """Return what this request changes; If-Match is respected where it is sent."""
    sent = strict or "if-match" in request.headers
    version = match_version(request) if sent else None
    return VocabularyTarget(name=name, by=authorship(request, principal), version=version)


def _difference(named: EditionComparison, changes: EditionChanges) -> VocabularyDifference:
    return VocabularyDifference(
        before=named.before,
        after=named.after,
        added=changes.added,
        removed=changes.removed,
        changed=tuple(ChangedEntry(before=old, after=new) for old, new in changes.changed),
    )


def _edited(vocabulary: Vocabulary) -> Response:
    shown = EditorVocabulary(
        name=vocabulary.name,
        version=vocabulary.version,
        edition=vocabulary.live.number,
        published_at=vocabulary.live.at,
        entries=vocabulary.live.entries,
        draft=vocabulary.draft,
    )
    response = _private(dump_json(shown))
    response.headers["ETag"] = versioned_etag(vocabulary.version)
    return response


def _line(edition: Edition) -> EditionLine:
    return EditionLine(
        edition=edition.number,
        author=edition.author,
        approver=edition.approver,
        published_at=edition.at,
        reason=edition.reason,
        entries=len(edition.entries),
    )


def _private(body: bytes) -> Response:
    return Response(body, headers={"Cache-Control": PRIVATE}, media_type="application/json")
