"""How long the texts of the French table schema for aid schemes may be (0.2.0, `maxLength`)."""

from collections.abc import Iterator, Mapping

from aiff_catalog.imports.domain.cells import CellFault

_MOST_CHARACTERS = {"promesse": 180, "description": 5_000}


def over_limits(said: Mapping[str, str]) -> Iterator[CellFault]:
    """Yield the cells that hold more than the schema lets them."""
    for column, most in _MOST_CHARACTERS.items():
        length = len(said.get(column, ""))
        if length > most:
            detail = f"{length} characters; the schema allows {most}, shorten the text"
            yield CellFault(column, "too_long", detail)
