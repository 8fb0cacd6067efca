"""The signed identity that tells a service who calls, made once per caller and half-life."""

from collections import OrderedDict
from collections.abc import Callable

from aiff_gateway.edge.domain.routes import Service
from aiff_kit.auth.identity import IdentitySigner
from aiff_kit.auth.principal import Principal

# A signature lives for a minute: one that is half-way there still outlasts the longest call.
_REUSED_SECONDS = 25.0
_MAX_KEPT = 10_000


class Identities:
    """Signs callers for services and keeps the signatures while they are good."""

    def __init__(self, signer: IdentitySigner, monotonic: Callable[[], float]) -> None:
        """Take the time in seconds from `monotonic`."""
        self._signer = signer
        self._monotonic = monotonic
        self._kept: OrderedDict[tuple[Principal, Service], tuple[bytes, float]] = OrderedDict()

    def of(self, principal: Principal, service: Service) -> bytes:
        """Return the header's value for a caller and a service."""
        key, now = (principal, service), self._monotonic()
        kept = self._kept.get(key)
        if kept is not None and now - kept[1] < _REUSED_SECONDS:
            return kept[0]
        signed = self._signer.sign(principal, service.value).encode()
        self._kept[key] = (signed, now)
        self._kept.move_to_end(key)
        if len(self._kept) > _MAX_KEPT:
            self._kept.popitem(last=False)
        return signed
