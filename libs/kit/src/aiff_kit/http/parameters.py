"""Routes without query parameters refuse every one, because an ignored one misleads."""

from fastapi import Depends, Request

from aiff_contracts.codec import Fault
from aiff_kit.problems import UNKNOWN_PARAMETER, Problem


def refuse_parameters(request: Request) -> None:
    """Raise the 400 problem that names each query parameter, where there is one."""
    if request.url.query:
        detail = "this address takes no such parameter; remove it"
        names = dict.fromkeys(request.query_params)
        faults = [Fault(f"/{name}", "extra_forbidden", detail) for name in names]
        raise Problem(UNKNOWN_PARAMETER, faults=faults)


async def _no_parameters(request: Request) -> None:
    refuse_parameters(request)


NoParameters = Depends(_no_parameters)
