"""The pages of the network with the API that they read."""

from collections.abc import Sequence

from fastapi import APIRouter

from aiff_kit.clock import Clock
from aiff_portal.api.adapters import PublicApi
from aiff_portal.network.application import NetworkReads
from aiff_portal.network.entrypoints.http import network_routes
from aiff_portal.ui.domain.language import LANGUAGES


def wire_network(api: PublicApi, clock: Clock) -> Sequence[APIRouter]:
    """Return the routes in both languages."""
    reads = NetworkReads(api)
    return [network_routes(language, reads, clock) for language in LANGUAGES]
