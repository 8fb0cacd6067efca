"""Why one choice comes after another, in a sentence."""

from collections.abc import Iterable, Iterator
from itertools import islice

from aiff_contracts.days import day_en, day_fr
from aiff_contracts.offer import Text
from aiff_matching.journeys.domain.steps import Alternative, Choice
from aiff_matching.journeys.domain.wording import VERDICTS_IN_WORDS
from aiff_matching.profiles.domain.wording import joined
from aiff_matching.rules.domain.verdicts import order
from aiff_matching.shared.bilingual import text

_MOST = 2
_MOST_CRITERIA = 2
# A difference below this part of the score is not worth a word.
_WORTH_A_WORD = 0.01
_CRITERIA: dict[str, Text] = {
    "text": text("la proximité avec votre description", "closeness to your description"),
    "verdict": text("la certitude du verdict", "how certain the verdict is"),
    "kind": text("la nature de l'offre", "the kind of offer"),
    "fit": text("l'adéquation au besoin", "fit with the need"),
    "gpus": text("les GPU", "GPUs"),
    "support": text("l'accompagnement", "support"),
    "ratings": text("les avis reçus", "ratings received"),
    "stage": text("le stade visé", "the stage it is for"),
    "sector": text("le secteur", "the sector"),
    "territory": text("la proximité", "closeness"),
    "cost": text("le coût", "cost"),
    "delay": text("le délai", "delay"),
    "history": text("ce qui a aidé des sociétés proches", "what helped companies like yours"),
    "exposure": text("l'équilibre entre organismes", "balance between providers"),
    "freshness": text("l'ancienneté des informations", "how recent the facts are"),
}
_TIES = text("à égalité, par ordre alphabétique", "equally good, in alphabetical order")


def alternatives(chosen: Choice, others: Iterable[Choice]) -> tuple[Alternative, ...]:
    """Return the next best choices, each with what makes it second."""
    return tuple(Alternative(other, _why(chosen, other)) for other in islice(others, _MOST))


def _why(chosen: Choice, other: Choice) -> Text:
    if order(other.decision)[1] > order(chosen.decision)[1]:
        own = VERDICTS_IN_WORDS[other.decision.if_open]
        return text(f"verdict moins sûr : {own.fr}", f"less certain verdict: {own.en}")
    if chosen.planned is not None and other.planned is not None:
        return _slower_or_dearer(chosen, other)
    weaker = list(islice(_weaker(chosen, other), _MOST_CRITERIA))
    if not weaker:
        return _TIES
    named = joined(weaker, "et", "and")
    return text(f"moins bien placée sur {named.fr}", f"behind on {named.en}")


def _weaker(chosen: Choice, other: Choice) -> Iterator[Text]:
    """Yield the criteria on which the other loses most, the worst first."""
    if chosen.match is None or other.match is None:
        return
    own = {part.criterion: part.contribution for part in other.match.scored.contributions}
    losses = {
        part.criterion: part.contribution - own.get(part.criterion, 0.0)
        for part in chosen.match.scored.contributions
    }
    for name in sorted(losses, key=lambda name: (-losses[name], name)):
        if losses[name] > _WORTH_A_WORD:
            yield _CRITERIA[name]


def _slower_or_dearer(chosen: Choice, other: Choice) -> Text:
    assert chosen.planned is not None  # noqa: S101 - the caller asked.
    assert other.planned is not None  # noqa: S101 - the caller asked.
    first, second = chosen.planned.schedule.access, other.planned.schedule.access
    if second.last is None and first.last is not None:
        return text("délai d'accès non publié", "access time not published")
    if second.first > first.first:
        day = second.first
        return text(f"accès au plus tôt le {day_fr(day)}", f"access on {day_en(day)} at best")
    costs = [
        choice.planned.explained.option.cost.euros() for choice in (chosen, other) if choice.planned
    ]
    if None not in costs and costs[1].high > costs[0].high:  # type: ignore[union-attr]
        return text("plus chère", "dearer")
    return text("moins bien placée dans le plan de calcul", "further down in the compute plan")
