"""When one can apply, as lines with a day each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aiff_portal.ui.domain.formats import Formats
from aiff_portal.ui.domain.language import LANGUAGES, Pair

_SHAPES: dict[str, Pair] = {
    "permanent": ("Candidatures à tout moment.", "Applications at any time."),
    "window": ("Une période de candidature.", "One period of applications."),
    "cut_offs": (
        "Candidatures à tout moment, relevées à des dates fixes.",
        "Applications at any time, collected on fixed days.",
    ),
    "waves": ("Plusieurs vagues.", "Several waves."),
    "rolling_then_dated": (
        "Une première étape toujours ouverte, puis un dossier complet à dates fixes.",
        "A first step that is always open, then a full application on fixed days.",
    ),
    "phase_gated": (
        "Ouvert à qui a mené à bien une étape d'avant.",
        "Open to those who completed an earlier phase.",
    ),
    "closes_at_count": (
        "Ferme aussi quand assez de candidatures sont reçues.",
        "Also closes when enough applications have come in.",
    ),
    "recommendation_only": (
        "On ne candidate pas : on est recommandé.",
        "Nobody applies: one is recommended.",
    ),
    "closed": ("Terminé, sans nouvelle édition annoncée.", "Ended, no next edition announced."),
    "unknown": (
        "Aucune source ne dit quand candidater.",
        "No source says when to apply.",
    ),
}
_OPENS: Pair = ("Ouverture", "Opens")
_CLOSES: Pair = ("Clôture", "Closes")
_CUT_OFF: Pair = ("Date de relève", "Cut-off")
_SINCE: Pair = ("Fermé depuis", "Closed since")
_RECURRING: Pair = (
    "D'autres dates suivront, pas encore publiées.",
    "Further days will follow, not published yet.",
)


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The shape of a calendar in words, its days, and what its source adds."""

    shape: str
    days: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def calendar_of(intake: Mapping[str, Any], formats: Formats) -> CalendarView:
    """Return a calendar in words."""
    place = LANGUAGES.index(formats.language)
    named = [
        (name[place], formats.moment(moment) or "") for name, moment in _days(intake) if moment
    ]
    notes = [formats.text(intake.get("note"))]
    if intake.get("recurring"):
        notes.append(_RECURRING[place])
    return CalendarView(
        _SHAPES[intake["shape"]][place], tuple(named), tuple(note for note in notes if note)
    )


def _days(intake: Mapping[str, Any]) -> Iterator[tuple[Pair, Mapping[str, Any] | None]]:
    yield _OPENS, intake.get("opens")
    windows = [intake.get("window"), *intake.get("waves", ())]
    for window in filter(None, windows):
        suffix = f" ({window['label']})" if window["label"] else ""
        yield _suffixed(_OPENS, suffix), window["opens"]
        yield _suffixed(_CLOSES, suffix), window["closes"]
    for moment in (*intake.get("cut_offs", ()), *intake.get("full_cut_offs", ())):
        yield _CUT_OFF, moment
    yield _CLOSES, intake.get("closes")
    yield _SINCE, intake.get("since")


def _suffixed(name: Pair, suffix: str) -> Pair:
    return name[0] + suffix, name[1] + suffix
