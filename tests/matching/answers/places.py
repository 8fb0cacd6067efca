"""Territories and activities that lie in each other, worked out apart from the service."""

from aiff_contracts.territory import canonical, parent_of

DIVISIONS = [
    ("A", 1, 3), ("B", 5, 9), ("C", 10, 33), ("D", 35, 35), ("E", 36, 39), ("F", 41, 43),
    ("G", 45, 47), ("H", 49, 53), ("I", 55, 56), ("J", 58, 63), ("K", 64, 66), ("L", 68, 68),
    ("M", 69, 75), ("N", 77, 82), ("O", 84, 84), ("P", 85, 85), ("Q", 86, 88), ("R", 90, 93),
    ("S", 94, 96), ("T", 97, 98), ("U", 99, 99),
]  # fmt: skip


def chain_of(code: str) -> list[str]:
    """Return the territory and what contains it, up to the country."""
    found, above = [canonical(code)], parent_of(canonical(code))
    while above not in {None, "EU", "EU-ASSOCIATED", "WORLD"}:
        found.append(above)
        above = parent_of(above)
    return found


def lies_in(place: str, territory: str) -> bool:
    current: str | None = canonical(place)
    while current is not None and current != canonical(territory):
        current = parent_of(current)
    return current is not None


def inside_country(territory: str) -> str:
    return {"EU": "DE", "EU-ASSOCIATED": "DE", "WORLD": "DE"}.get(territory, territory)


def is_under(code: str, prefix: str) -> bool:
    if prefix[0].isalpha():
        return code == prefix or any(
            letter == prefix and code[:2].isdigit() and first <= int(code[:2]) <= last
            for letter, first, last in DIVISIONS
        )
    return code.startswith(prefix)


def under(given: str, listed: list[str]) -> list[str]:
    return [given, *(code for code in listed if is_under(code, given))]
