"""Where a caller stands with the limits."""

from dataclasses import dataclass

from fastapi import APIRouter, Request

from aiff_contracts.language import Strict
from aiff_gateway.limits.application import RequestLimits
from aiff_gateway.limits.domain.policies import Cost, Held, Holder, Standing
from aiff_gateway.shared.signed_in import SIGNED_IN, SignedIn
from aiff_kit.http import StrictRoute

# Under this name the edge hands on whose limits a request counts against.
HOLDERS = "limit_holders"


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageBody(Strict):
    """One limit: `used` of `amount` requests in `seconds`; more are to be had after `wait`."""

    policy: str
    holder: Holder
    cost: Cost
    amount: int
    seconds: int
    used: int
    remaining: int
    wait: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageListBody(Strict):
    """The limits of the caller and of the organisation that it acts for."""

    items: tuple[UsageBody, ...]


def limit_routes(limits: RequestLimits) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1", tags=["accounts"], route_class=StrictRoute)

    @router.get("/me/usage", summary="See your limits and what is left", openapi_extra=SIGNED_IN)
    async def read_usage(request: Request, _caller: SignedIn) -> UsageListBody:
        found = await limits.usage(request.scope[HOLDERS])
        return UsageListBody(items=tuple(_body(*one) for one in found))

    return router


def _body(held: Held, cost: Cost, standing: Standing) -> UsageBody:
    policy = standing.policy
    return UsageBody(
        policy=policy.name,
        holder=held[0],
        cost=cost,
        amount=policy.amount,
        seconds=policy.seconds,
        used=policy.amount - standing.remaining,
        remaining=standing.remaining,
        wait=standing.wait,
    )
