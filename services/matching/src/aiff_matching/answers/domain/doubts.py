"""How a refusal on weak ground is said: according to whom, and why that refuses nobody."""

from aiff_contracts.days import day_en, day_fr
from aiff_contracts.offer import Text
from aiff_contracts.provenance import Confidence
from aiff_contracts.rules import Cmp
from aiff_matching.shared.bilingual import text

_WHY: dict[Confidence | None, tuple[str, str]] = {
    "secondary": ("source indirecte", "a second-hand source"),
    "disputed": ("d'autres sources disent autre chose", "other sources differ"),
    "general_knowledge": ("non vérifié", "not verified"),
    None: ("fiabilité inconnue", "of unknown reliability"),
}
_UNDATED = ("sans date", "undated")
_NOBODY = ("une source non nommée", "an unnamed source")


def doubt_of(leaf: Cmp) -> Text:
    """Return "according to whom" for a comparison whose source cannot bear a refusal."""
    who = (leaf.source, leaf.source) if leaf.source else _NOBODY
    why, day = _WHY.get(leaf.confidence), leaf.as_of
    if day is None:
        french, english = why or _UNDATED
    elif why is None:
        french, english = f"au {day_fr(day)}", f"as of {day_en(day)}"
    else:
        french, english = f"{why[0]}, {day_fr(day)}", f"{why[1]}, {day_en(day)}"
    return text(f"Selon {who[0]} ({french})", f"According to {who[1]} ({english})")
