"""The addresses that an offer or an organisation leads its readers to."""

from collections.abc import Iterator
from typing import Any

from aiff_contracts.codec import Fault, dump
from aiff_kit.outbound import ANY_PORT, RefusedAddressError, vet


def refused_addresses(value: object) -> Iterator[Fault]:
    """Yield a fault for each address that leads into a private network or carries a password.

    What a text says is left to its reader: a manual may well name localhost.
    """
    for pointer, url in _addresses(dump(value), ""):
        try:
            vet(url, ANY_PORT)
        except RefusedAddressError as refused:
            yield Fault(pointer, "address_refused", str(refused))


def _addresses(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _addresses(one, f"{pointer}/{index}")
    elif isinstance(value, dict):
        for name, one in value.items():
            place = f"{pointer}/{name}"
            if isinstance(one, str) and (name == "url" or name.endswith("_url")):
                yield place, one
            else:
                yield from _addresses(one, place)
