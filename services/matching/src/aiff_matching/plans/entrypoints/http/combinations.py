"""A combination of options as it is sent."""

from aiff_contracts.days import day_en, day_fr
from aiff_contracts.offer import Text
from aiff_matching.answers.entrypoints.http.presenting import amount_view, cost_view
from aiff_matching.plans.domain.combinations import Combination, Kind, Part
from aiff_matching.plans.entrypoints.http.parts import days_view, range_view
from aiff_matching.plans.entrypoints.http.schemas import (
    CombinationView,
    MoneyTotalView,
    PartView,
    TotalView,
)
from aiff_matching.shared.bilingual import number_en, number_fr, text

_WHY: dict[Kind, Text] = {
    "bridge": text(
        "Commencer sur un nuage, continuer sur l'allocation dès qu'elle ouvre",
        "Start on a cloud, go on with the allocation once it begins",
    ),
    "steps": text(
        "Une petite allocation d'abord, la grande ensuite",
        "A small allocation first, the large one after it",
    ),
    "together": text(
        "Aucune option seule n'y suffit ou n'est aussi avantageuse : partager le travail",
        "No option alone is enough or as good: share the work",
    ),
}


def combination_view(made: Combination) -> CombinationView:
    """Return what is sent for a combination."""
    return CombinationView(
        kind=made.kind,
        sentence=_sentence(made),
        verdict=made.verdict,
        parts=tuple(map(_part, made.parts)),
        uncovered=round(made.uncovered, 4),
        totals=tuple(TotalView(*key, range_view(span)) for key, span in made.amounts.items()),
        costs=tuple(
            MoneyTotalView(currency, low, high) for currency, (low, high) in made.costs.items()
        ),
        cost_is_complete=made.cost_is_complete,
        finish=days_view(made.finish) if made.finish else None,
    )


def _part(part: Part) -> PartView:
    usable, hours = part.usable, part.hours
    return PartView(
        key=usable.planned.key,
        share=round(part.share, 4),
        verdict=usable.verdict,
        gpu_hours=range_view(hours) if hours else None,
        amount=amount_view(part.amount),
        cost=cost_view(part.cost),
        begins=usable.begins,
        subject_to_stock=usable.subject_to_stock,
        gpus=usable.planned.schedule.gpus,
        finish=days_view(part.finish) if part.finish else None,
    )


def _sentence(made: Combination) -> Text:
    french = [_said_fr(part) for part in made.parts]
    english = [_said_en(part) for part in made.parts]
    why = _WHY[made.kind]
    return text(f"{why.fr} : {', puis '.join(french)}.", f"{why.en}: {', then '.join(english)}.")


def _said_fr(part: Part) -> str:
    usable = part.usable
    stock = ", selon le stock" if usable.subject_to_stock else ""
    when = f"dès le {day_fr(usable.begins)}{stock}" if usable.begins else "à une date non connue"
    share = number_fr(round(100 * part.share))
    return f"{share}\u202f% sur {usable.planned.candidate.offer.title.fr} {when}"


def _said_en(part: Part) -> str:
    usable = part.usable
    stock = ", subject to stock" if usable.subject_to_stock else ""
    when = f"from {day_en(usable.begins)}{stock}" if usable.begins else "at an unknown day"
    share = number_en(round(100 * part.share))
    return f"{share}% on {usable.planned.candidate.offer.title.en} {when}"
