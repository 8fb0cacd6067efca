"""Who calls, and with which credential."""

from typing import Annotated, Any

from fastapi import Depends, Request

from aiff_gateway.credentials.application.authentication import Identified
from aiff_gateway.credentials.application.opening import Visit
from aiff_gateway.credentials.domain.credentials import CredentialKind
from aiff_gateway.credentials.domain.sessions import Client
from aiff_gateway.credentials.entrypoints.http.problems import BEARER
from aiff_kit.problems import FORBIDDEN, UNAUTHENTICATED, Problem

# Any credential will do, but there must be one.
SIGNED_IN: dict[str, Any] = {"security": [{"apiKey": []}, {"bearer": []}]}
# A session is needed: the operation is for people.
IN_PERSON: dict[str, Any] = {"security": [{"bearer": []}]}


async def shown_credential(request: Request) -> Identified:
    """Return the caller with the credential that was shown; 401 for anonymous calls."""
    shown: Identified | None = request.scope.get("credential")
    if shown is None:
        raise Problem(UNAUTHENTICATED, headers=BEARER)
    return shown


Shown = Annotated[Identified, Depends(shown_credential)]


async def shown_session(shown: Shown) -> Identified:
    """Return the caller of a session; a key acts for its organisation, not for a person (403)."""
    if shown.kind is not CredentialKind.SESSION:
        raise Problem(FORBIDDEN, "this operation is for people; sign in")
    return shown


OwnSession = Annotated[Identified, Depends(shown_session)]


def address_of(request: Request) -> str:
    """Return the network address of who calls."""
    return request.client.host if request.client else ""


def visit_of(request: Request, client: Client) -> Visit:
    """Return from where somebody signs in; a session that they show is replaced."""
    shown: Identified | None = request.scope.get("credential")
    replaces = shown and shown.kind is CredentialKind.SESSION
    return Visit(
        address=address_of(request),
        client=client,
        replaces=shown.credential_id if shown and replaces else None,
    )


def shown_digest(request: Request) -> str:
    """Return what the gateway keeps of the token that was shown; nothing for anonymous calls."""
    shown: Identified | None = request.scope.get("credential")
    return "" if shown is None else shown.digest
