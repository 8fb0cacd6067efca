"""API keys: self-service for whoever administers what the keys act for."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response

from aiff_gateway.credentials.application.api_keys import ApiKeys, CreateKey, KeyManager, RotateKey
from aiff_gateway.credentials.application.authentication import Authenticator
from aiff_gateway.credentials.entrypoints.http.key_examples import CREATE, ROTATE, ROTATE_LEAKED
from aiff_gateway.credentials.entrypoints.http.key_schemas import (
    CreateKeyBody,
    KeyListBody,
    NewKeyBody,
    RotatedKeyBody,
    RotateKeyBody,
    key_body,
    rotated_key_body,
)
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import StrictRoute

ManagesKeys = Annotated[Principal, requires(Scope.KEYS_MANAGE)]


def key_routes(keys: ApiKeys, authenticator: Authenticator) -> APIRouter:
    """Return the routes, to be included below `/v1`."""
    router = APIRouter(prefix="/api-keys", route_class=StrictRoute)
    _making_routes(router, keys)
    _ending_routes(router, keys, authenticator)
    return router


def _making_routes(router: APIRouter, keys: ApiKeys) -> None:
    @router.post("", status_code=201, summary="Create an API key")
    def create_api_key(
        body: Annotated[CreateKeyBody, Body(openapi_examples=CREATE)], caller: ManagesKeys
    ) -> NewKeyBody:
        """Make a key for whom you act for just now, with no more than you may do there.

        Its token ends with a checksum, so that scanners find a leaked one: it matches
        `aiff_k_[0-9a-f]{8}_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}`, where the last six are the CRC-32 of
        all before them, to the base 62 (0-9, A-Z, a-z).
        """
        command = CreateKey(manager_of(caller), body.name, body.scopes, body.expires_at)
        issued = keys.create(command)
        return NewKeyBody(key=key_body(issued.credential), token=issued.token)

    @router.get("", summary="List the API keys that you manage")
    def list_api_keys(caller: ManagesKeys) -> KeyListBody:
        """List the keys of the organisation that you administer and act for, or your own."""
        return KeyListBody(items=tuple(map(key_body, keys.of(manager_of(caller)))))


def _ending_routes(router: APIRouter, keys: ApiKeys, authenticator: Authenticator) -> None:
    @router.post("/{key_id}/rotate", status_code=201, summary="Rotate an API key")
    def rotate_api_key(
        key_id: UUID,
        body: Annotated[RotateKeyBody, Body(openapi_examples=ROTATE | ROTATE_LEAKED)],
        caller: ManagesKeys,
    ) -> RotatedKeyBody:
        """Make a key that replaces this one, which works beside it for the hours of the overlap.

        Ask for no overlap where the key leaked. You answer for the new key.
        """
        overlap = timedelta(hours=body.overlap_hours)
        command = RotateKey(manager_of(caller), key_id, overlap, body.expires_at)
        rotated = keys.rotate(command)
        authenticator.forget(rotated.ending.digest)
        return rotated_key_body(rotated)

    @router.delete("/{key_id}", status_code=204, summary="Revoke an API key")
    def revoke_api_key(key_id: UUID, caller: ManagesKeys) -> Response:
        """End a key: here at once, everywhere within five seconds."""
        revoked = keys.revoke(manager_of(caller), key_id)
        authenticator.forget(revoked.digest)
        return Response(status_code=204)


def manager_of(caller: Principal) -> KeyManager:
    """Return the caller as somebody who manages keys where they act."""
    return KeyManager(UUID(caller.subject), caller.organisation)
