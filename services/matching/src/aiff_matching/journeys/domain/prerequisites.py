"""What has to be done before a step, as far as the offer's facts say it."""

from collections.abc import Iterator

from aiff_contracts.offer import IncubationDetails, TrainingDetails
from aiff_matching.journeys.domain import wording
from aiff_matching.journeys.domain.steps import Choice, Prerequisite, Step
from aiff_matching.shared.bilingual import text

REGISTRATION = Prerequisite("registration", wording.REGISTER)


def prerequisites_of(choice: Choice) -> tuple[Prerequisite, ...]:
    """Return what one needs besides other steps: a recommendation, a letter, knowledge."""
    return tuple(_prerequisites(choice))


def after_step(before: Step) -> Prerequisite:
    """Return the requirement of another step."""
    title = before.choice.offer.title
    sentence = text(f"D'abord « {title.fr} »", f"First “{title.en}”")
    return Prerequisite("offer", sentence, before.key)


def _prerequisites(choice: Choice) -> Iterator[Prerequisite]:
    if choice.status == "by_recommendation":
        yield Prerequisite("recommendation", wording.RECOMMENDED)
    open_points = (*choice.reasons.failing, *choice.reasons.unknown)
    for reason in open_points:
        if reason.attribute == "prescriber":
            yield Prerequisite("prescriber", reason.sentence)
    details = choice.offer.details
    if isinstance(details, IncubationDetails) and details.selection == "prescriber":
        yield Prerequisite("prescriber", wording.PRESCRIBED)
    if isinstance(details, TrainingDetails) and details.prerequisites:
        named = ", ".join(details.prerequisites)
        yield Prerequisite("knowledge", text(f"Prérequis : {named}", f"Prerequisites: {named}"))
