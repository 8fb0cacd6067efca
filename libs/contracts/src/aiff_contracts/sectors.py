"""The sectors: the twelve that AI Factory France names, transversal tags, and NAF codes."""

import re

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
_NAF = re.compile(r"[A-U]|\d{2}(\.\d{1,2}[A-Z]?)?")


def is_naf(code: str) -> bool:
    """Tell whether the text is a NAF section (A to U), division or sub-class (62.01Z)."""
    return _NAF.fullmatch(code) is not None
