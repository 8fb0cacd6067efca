"""The limits of sign-in: in the memory of one process, so each replica counts for itself."""

from collections.abc import Callable

from aiff_gateway.limits.application import SignInLimits


def sign_in_limits(monotonic: Callable[[], float]) -> SignInLimits:
    """Return the limits; nobody has tried anything yet."""
    return SignInLimits(monotonic)
