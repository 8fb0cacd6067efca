"""Which territory a code means, what contains it, and what it is called."""

import re
from collections.abc import Iterable
from functools import lru_cache

from aiff_contracts.territory.communes import by_postal_code, commune, in_force_for
from aiff_contracts.territory.places import (
    FORMERLY_IN,
    METROPOLIS,
    OTHER_CODES,
    TERRITORIES,
    Territory,
)
from aiff_contracts.territory.tables import CLIPPERTON, OVERSEAS_FRANCE

_COMMUNE = re.compile(r"COM-(?:\d[0-9AB]\d{3})")
_KEPT = 8_192


@lru_cache(_KEPT)
def canonical_or_none(code: str) -> str | None:
    """Return the canonical code of a territory, None where no table knows it."""
    folded = code.strip().upper()
    if folded in TERRITORIES:
        return folded
    if folded in OTHER_CODES:
        return OTHER_CODES[folded]
    return _known_commune(folded[4:]) if _COMMUNE.fullmatch(folded) else None


def _known_commune(insee: str) -> str | None:
    """Return the commune that an INSEE code means; none where it is an old code or a postal one.

    Many codes of before 1976 are postal codes of other departments today: who writes 75011 means
    the eleventh arrondissement of Paris, not Bonneuil-sur-Marne as INSEE once did.
    """
    if commune(insee) is not None:
        return f"COM-{insee}"
    current = in_force_for().get(insee)
    return None if current is None or is_ambiguous(insee) else f"COM-{current}"


def is_ambiguous(former: str) -> bool:
    """Tell whether a former INSEE code is also a postal code of other departments alone."""
    own = commune(in_force_for()[former])
    served = [commune(insee) for insee in by_postal_code().get(former, ())]
    return bool(served) and all(
        one is not None and own is not None and one.department != own.department for one in served
    )


def _found(code: str) -> str:
    found = canonical_or_none(code)
    if found is None:
        message = f"unknown territory {code!r}"
        raise ValueError(message)
    return found


def territory(code: str) -> Territory:
    """Return the territory that a code means; ValueError where no table knows it."""
    found = _found(code)
    if found in TERRITORIES:
        return TERRITORIES[found]
    named = commune(found.removeprefix("COM-"))
    assert named is not None  # noqa: S101 - a canonical code is in one of both tables.
    return Territory(found, named.name, named.parent)


def postal_codes_of(code: str) -> tuple[str, ...]:
    """Return the postal codes of a commune or arrondissement, none for a larger territory."""
    found = commune(_found(code).removeprefix("COM-"))
    return () if found is None else found.postal_codes


def parent_of(code: str) -> str | None:
    """Return the canonical code of the smallest territory that contains this one."""
    return territory(code).parent


@lru_cache(_KEPT)
def ancestry(code: str) -> tuple[str, ...]:
    """Return the canonical code and all that contain it, smallest first.

    France is in the Union; its overseas countries are in France and not in the Union.
    """
    codes: list[str] = []
    current: str | None = _found(code)
    while current is not None:
        codes.append(current)
        codes += _beside(current)
        current = parent_of(current)
    return tuple(name for name in codes if name not in _left_out(codes))


def _beside(code: str) -> tuple[str, ...]:
    """Return what contains a territory beside its parent and what contains that."""
    if code in FORMERLY_IN:
        return (FORMERLY_IN[code],)
    named = commune(code[4:]) if code.startswith("COM-69") else None
    return (METROPOLIS,) if named is not None and named.in_metropolis else ()


def _left_out(codes: list[str]) -> tuple[str, ...]:
    if CLIPPERTON in codes:
        return ("EU", "EU-ASSOCIATED")
    return ("EU",) if not OVERSEAS_FRANCE.isdisjoint(codes) else ()


def contains(outer: str, inner: str) -> bool:
    """Tell whether `inner` lies in `outer` (a territory contains itself)."""
    return _found(outer) in ancestry(inner)


def name_of(code: str) -> tuple[str, str]:
    """Return a territory's French and English name; ValueError where no table knows the code."""
    found = territory(code)
    return found.label_fr, found.label_en


def names_of(codes: Iterable[str]) -> tuple[str, str]:
    """Return the French and the English enumeration of territories."""
    names = [name_of(code) for code in codes]
    return ", ".join(french for french, _ in names), ", ".join(english for _, english in names)
