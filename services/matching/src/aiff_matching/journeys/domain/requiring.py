"""What has to be done before a step, as far as the offer's facts say it."""

from collections.abc import Iterator

from aiff_contracts.offer import IncubationDetails, TrainingDetails
from aiff_matching.journeys.domain import wording
from aiff_matching.journeys.domain.steps import Choice, Requirement, Step
from aiff_matching.shared.bilingual import text

REGISTRATION = Requirement("registration", wording.REGISTER)


def requirements_of(choice: Choice) -> tuple[Requirement, ...]:
    """Return what one needs besides other steps: a recommendation, a letter, knowledge."""
    return tuple(_requirements(choice))


def after_step(before: Step) -> Requirement:
    """Return the requirement of another step."""
    title = before.choice.offer.title
    sentence = text(f"D'abord « {title.fr} »", f"First “{title.en}”")
    return Requirement("offer", sentence, before.key)


def _requirements(choice: Choice) -> Iterator[Requirement]:
    if choice.status == "by_recommendation":
        yield Requirement("recommendation", wording.RECOMMENDED)
    open_points = (*choice.reasons.failing, *choice.reasons.unknown)
    for reason in open_points:
        if reason.attribute == "prescriber":
            yield Requirement("prescriber", reason.sentence)
    details = choice.offer.details
    if isinstance(details, IncubationDetails) and details.selection == "prescriber":
        yield Requirement("prescriber", wording.PRESCRIBED)
    if isinstance(details, TrainingDetails) and details.prerequisites:
        named = ", ".join(details.prerequisites)
        yield Requirement("knowledge", text(f"Prérequis : {named}", f"Prerequisites: {named}"))
