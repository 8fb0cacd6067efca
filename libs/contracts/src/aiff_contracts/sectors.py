"""The sectors: the twelve that AI Factory France names, transversal tags, and NAF codes."""

from collections.abc import Iterable

from aiff_contracts.nomenclatures.naf import activity_code, is_naf, settled

# code: (French, English). The twelve named sectors come first.
SECTORS: dict[str, tuple[str, str]] = {
    "defence": ("défense", "defence"),
    "energy": ("énergie", "energy"),
    "aerospace": ("aéronautique et spatial", "aerospace"),
    "edtech": ("éducation", "education"),
    "agriculture": ("agriculture", "agriculture"),
    "finance": ("finance", "finance"),
    "humanities": ("sciences humaines et sociales", "humanities"),
    "robotics": ("robotique", "robotics"),
    "health": ("santé", "health"),
    "earth_science": ("sciences de la Terre", "earth science"),
    "materials": ("matériaux", "materials"),
    "mobility": ("mobilité", "mobility"),
    "any": ("tous secteurs", "all sectors"),
    "ai": ("intelligence artificielle", "artificial intelligence"),
    "deeptech": ("deeptech", "deep tech"),
    "digital": ("numérique", "digital"),
    "cybersecurity": ("cybersécurité", "cybersecurity"),
    "culture": ("industries culturelles et créatives", "cultural and creative industries"),
    "industry": ("industrie", "manufacturing"),
    "quantum": ("quantique", "quantum"),
    "environment": ("environnement", "environment"),
    "public_sector": ("secteur public", "public sector"),
}


def sector_code(given: object) -> object:
    """Return a sector, or the NAF code that a text means; ValueError where it means none."""
    return given if given in SECTORS else activity_code(given)


def stored_sectors(values: Iterable[str], *, restricted: bool = False) -> tuple[str, ...]:
    """Return sectors and NAF codes as they are stored; ValueError for one that nobody knows.

    `restricted`: "any" is not among the answers, because it says of an offer that it is for all.
    """
    listed = list(values)
    codes = [value for value in listed if value not in SECTORS]
    if unknown := next((code for code in codes if not is_naf(code)), None):
        message = f"unknown sector {unknown!r}; known: {', '.join(SECTORS)} or a NAF code"
        raise ValueError(message)
    if restricted and "any" in listed:
        message = f"'any' is no sector of its own; known: {', '.join(SECTORS)} or a NAF code"
        raise ValueError(message)
    named = (value for value in listed if value in SECTORS)
    return (*named, *settled(codes))
