"""Who calls a service that stands alone in a test, as the gateway would say it."""

import httpx2

from aiff_kit.auth import IDENTITY_HEADER, IdentitySigner, Principal


def call_as(client: httpx2.Client, principal: Principal, secret: str, service: str) -> None:
    """Have each request of a client say who calls, unless it says so itself.

    It is signed anew each time: an identity holds for a minute, and a story may take longer.
    """
    signer = IdentitySigner(secret)

    def sign(request: httpx2.Request) -> None:
        if IDENTITY_HEADER not in request.headers:
            request.headers[IDENTITY_HEADER] = signer.sign(principal, service)

    hooks = client.event_hooks
    client.event_hooks = {**hooks, "request": [*hooks["request"], sign]}
