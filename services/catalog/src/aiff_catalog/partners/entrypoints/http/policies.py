"""Partners: what became of what they sent, and what they publish without a review."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from aiff_catalog.partners.application.ports import Synced
from aiff_catalog.partners.domain import PartnerPolicy
from aiff_catalog.partners.entrypoints.http.answers import record_view
from aiff_catalog.partners.entrypoints.http.schemas import (
    PartnerInPath,
    PolicyContent,
    PolicyView,
    RecordPage,
)
from aiff_catalog.partners.entrypoints.http.services import Partners
from aiff_catalog.shared.http.answers import PRIVATE, Shown, private_page
from aiff_catalog.shared.http.authors import authorship
from aiff_catalog.shared.http.schemas import PageParameters
from aiff_contracts.codec import dump_json
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import (
    IF_MATCH,
    NoParameters,
    StrictRoute,
    answered_with,
    match_version,
    sent_with,
    versioned_etag,
)

router = APIRouter(prefix="/v1/partners", tags=["partners"], route_class=StrictRoute)

_POLICY: dict[int | str, dict[str, Any]] = {200: {"model": PolicyView, **answered_with("ETag")}}


@router.get("/{partner}/records", responses={200: {"model": RecordPage}})
def list_partner_records(
    partner: PartnerInPath,
    request: Request,
    partners: Partners,
    principal: Annotated[Principal, requires(Scope.OFFERS_WRITE)],
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return what became of each offer of the partner's system, in its identifiers' order."""
    place = ["partner-records", partner]
    after = ""
    if parameters.cursor is not None:
        after = partners.cursors.decode(parameters.cursor, place)
    by = authorship(request, principal)
    records = partners.writes.records(partner, by, after, parameters.limit + 1)
    now = partners.clock()
    shown: Shown[Synced] = Shown(
        lambda one: dump_json(record_view(one, now, request)),
        lambda one: partners.cursors.encode(one[0].external_id, place),
    )
    return private_page(request, records, parameters.limit, shown)


@router.get("/{partner}/policy", responses=_POLICY, dependencies=[NoParameters])
def read_partner_policy(
    partner: PartnerInPath,
    request: Request,
    partners: Partners,
    principal: Annotated[Principal, requires(Scope.OFFERS_WRITE)],
) -> Response:
    """Return what the partner publishes without a review."""
    return _policy(partners.writes.policy(partner, authorship(request, principal)))


@router.put(
    "/{partner}/policy",
    responses=_POLICY,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def put_partner_policy(
    partner: PartnerInPath,
    content: PolicyContent,
    request: Request,
    partners: Partners,
    principal: Annotated[Principal, requires(Scope.OFFERS_PUBLISH)],
) -> Response:
    """Say what the partner publishes without a review; If-Match names the version read."""
    expected = match_version(request)
    wanted = PartnerPolicy(partner=partner, kinds=content.kinds, fields=content.fields)
    by = authorship(request, principal)
    return _policy(partners.writes.put_policy(wanted, expected, by))


def _policy(policy: PartnerPolicy) -> Response:
    view = PolicyView(
        partner=policy.partner,
        kinds=policy.kinds,
        fields=policy.fields,
        version=policy.version,
        updated_at=policy.updated_at,
        author=policy.author,
    )
    headers = {"ETag": versioned_etag(policy.version), "Cache-Control": PRIVATE}
    return Response(dump_json(view), headers=headers, media_type="application/json")
