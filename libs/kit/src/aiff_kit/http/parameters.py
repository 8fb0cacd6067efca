"""Faults of an address's parameters: those that it does not take, and those that are wrong."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Depends, Request

from aiff_contracts.codec import Fault, faults_of
from aiff_kit.problems import UNKNOWN_PARAMETER, Problem


def refuse_parameters(request: Request) -> None:
    """Raise the 400 problem that names each query parameter, where there is one.

    Routes without parameters use it, because one that is ignored misleads.
    """
    if request.url.query:
        detail = "this address takes no such parameter; remove it"
        names = dict.fromkeys(request.query_params)
        faults = [Fault(f"/{name}", "extra_forbidden", detail) for name in names]
        raise Problem(UNKNOWN_PARAMETER, faults=faults)


async def _no_parameters(request: Request) -> None:
    refuse_parameters(request)


NoParameters = Depends(_no_parameters)


def parameter_faults(errors: Iterable[Mapping[str, Any]], request: Request) -> list[Fault]:
    """Return the framework's errors of query, path and headers as faults.

    The pointer is the parameter's name; where the address repeats the parameter, the place of
    the wrong value follows: `/kind/1` is the second.
    """
    given = {name: request.query_params.getlist(name) for name in request.query_params}
    placed = [{**error, "loc": _place(error["loc"], given)} for error in errors]
    return faults_of(placed, given)


def _place(
    location: tuple[int | str, ...], given: Mapping[str, list[str]]
) -> tuple[int | str, ...]:
    inside, name, index = location[0], location[1:2], location[2:3]
    repeated = inside == "query" and len(given.get(str(*name), ())) > 1
    numbered = bool(index) and isinstance(index[0], int)
    return (*name, *index) if repeated and numbered else name
