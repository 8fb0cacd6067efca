"""Who calls, what they may do, and how a service knows it from the gateway."""

from aiff_kit.auth.dependencies import AnyCaller, caller, requires
from aiff_kit.auth.identity import (
    IDENTITY_HEADER,
    IdentityError,
    IdentityMiddleware,
    IdentitySigner,
    IdentityVerifier,
)
from aiff_kit.auth.principal import ANONYMOUS, Principal, Scope, known_scopes

__all__ = [
    "ANONYMOUS",
    "IDENTITY_HEADER",
    "AnyCaller",
    "IdentityError",
    "IdentityMiddleware",
    "IdentitySigner",
    "IdentityVerifier",
    "Principal",
    "Scope",
    "caller",
    "known_scopes",
    "requires",
]
