"""What the routes work with, put into the application by `main`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from aiff_catalog.exchange.application.exports import Exports, Feeds, Representation
from aiff_catalog.imports.application.commands import ImportDesk
from aiff_catalog.offers.application.changing import Target
from aiff_catalog.offers.application.commands import OfferCommands, OrganisationCommands
from aiff_catalog.offers.application.ports import CatalogueReads, SearchIndex, TextMarker
from aiff_catalog.partners.application.writes import PartnerWrites
from aiff_catalog.quality.application.duplicates import DuplicateRounds
from aiff_catalog.quality.application.link_checks import LinkRounds
from aiff_catalog.quality.application.merging import MergeCommands
from aiff_catalog.quality.application.work_list import QualityRounds
from aiff_catalog.reviews.application.decisions import ReviewCommands
from aiff_catalog.search.application.embeddings import QueryMeanings
from aiff_catalog.search.domain.queries import Synonyms
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.statistics.application import Statistics, UnansweredSearches
from aiff_catalog.vocabularies.application.current import Followed, Words
from aiff_catalog.vocabularies.application.editing import VocabularyCommands
from aiff_catalog.vocabularies.application.preview import VocabularyPreview
from aiff_contracts.codec import Fault
from aiff_kit.auth import Principal, Scope
from aiff_kit.clock import Clock
from aiff_kit.http import Admission, CursorSigner, IdempotencyStore, match_version
from aiff_kit.problems import UNKNOWN_PARAMETER, Problem

_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The use cases and ports behind the routes."""

    reads: CatalogueReads
    index: SearchIndex
    marker: TextMarker
    meanings: QueryMeanings
    synonyms: Followed[Synonyms]
    words: Followed[Words]
    offers: OfferCommands
    reviews: ReviewCommands
    organisations: OrganisationCommands
    vocabularies: VocabularyCommands
    previews: VocabularyPreview
    partners: PartnerWrites
    imports: ImportDesk
    quality: QualityRounds
    duplicates: DuplicateRounds
    merging: MergeCommands
    links: LinkRounds
    statistics: Statistics
    unanswered: UnansweredSearches
    cursors: CursorSigner
    idempotency: IdempotencyStore
    clock: Clock
    exports: Exports
    dumps: Admission
    representations: Mapping[str, Representation]
    schema_org: Representation
    feeds: Feeds


CHANGE_REASON = {
    "in": "header",
    "name": "X-Change-Reason",
    "required": False,
    "description": "Why the change is made, in UTF-8; the history shows it.",
    "schema": {"type": "string", "maxLength": _LONGEST_REASON},
}


def services_of(request: Request) -> Services:
    """Return what `main` put into the application."""
    found: Services = request.app.state.services
    return found


async def _services(request: Request) -> Services:
    return services_of(request)


Catalogue = Annotated[Services, Depends(_services)]


def writer_limit(principal: Principal) -> str | None:
    """Return the organisation that a writer is limited to; None for one who may publish.

    Who may neither publish nor writes for an organisation is limited to nothing at all.
    """
    if principal.may(Scope.OFFERS_PUBLISH):
        return None
    return principal.organisation or ""


def authorship(request: Request, principal: Principal, reason: str | None = None) -> Authorship:
    """Return who makes the change of this request; the header gives the reason otherwise."""
    return Authorship(
        author=principal.subject,
        reason=reason or _reason_of(request),
        limited_to=writer_limit(principal),
        request_id=request.scope.get("request_id"),
    )


def target(request: Request, principal: Principal, reference: str, *, strict: bool) -> Target:
    """Return what this request changes.

    With `strict` If-Match must be there; without, it is respected where it is sent.
    """
    sent = strict or "if-match" in request.headers
    version = match_version(request) if sent else None
    return Target(reference=reference, by=authorship(request, principal), version=version)


def _reason_of(request: Request) -> str | None:
    """Read X-Change-Reason; clients send UTF-8, the protocol's library reads Latin-1."""
    given = request.headers.get("x-change-reason")
    if given is None:
        return None
    try:
        text = given.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        text = given
    if len(text) > _LONGEST_REASON:
        detail = f"X-Change-Reason must have at most {_LONGEST_REASON} characters"
        fault = Fault("/x-change-reason", "too_long", detail)
        raise Problem(UNKNOWN_PARAMETER, detail, faults=[fault])
    return text.strip() or None
