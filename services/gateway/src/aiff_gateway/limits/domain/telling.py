"""How callers are told their limits: the IETF draft "RateLimit header fields for HTTP".

Form of draft-ietf-httpapi-ratelimit-headers, revisions 8 and later: lists of named policies
(structured fields, RFC 9651); `q` requests in `w` seconds, `r` are left, `t` seconds until more.
"""

from collections.abc import Sequence

from aiff_gateway.limits.domain.policies import Standing

RawHeaders = list[tuple[bytes, bytes]]


def limit_headers(standings: Sequence[Standing]) -> RawHeaders:
    """Return both headers for the policies that a request was counted under, none for none."""
    if not standings:
        return []
    policies = ", ".join(
        f'"{one.policy.name}";q={one.policy.amount};w={one.policy.seconds}' for one in standings
    )
    left = ", ".join(f'"{one.policy.name}";r={one.remaining};t={one.wait}' for one in standings)
    return [(b"ratelimit-policy", policies.encode()), (b"ratelimit", left.encode())]
