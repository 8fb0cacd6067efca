"""The values of the page of a journey."""

from collections.abc import Mapping
from typing import Any

from aiff_portal.api.domain import Document
from aiff_portal.needs.domain.answered.journey_words import JOURNEY
from aiff_portal.needs.domain.answered.journeys import Journeys
from aiff_portal.needs.domain.asking.fields import fields_for
from aiff_portal.needs.domain.asking.state import State
from aiff_portal.needs.entrypoints.presenting import NeedPresenting
from aiff_portal.ui.domain.language import in_language


def journey_values(
    journey: Document, state: State, presenting: NeedPresenting
) -> Mapping[str, Any]:
    """Return the values of the page."""
    formats = presenting.formats
    journeys, text = Journeys(formats, presenting.home), formats.text
    words = in_language(JOURNEY, formats.language)
    return {
        **presenting.framed(state),
        "say": words,
        "made": words["made"].format(day=formats.day(journey["today"])),
        "project": state.values.get("title"),
        "name": state.values.get("name"),
        "stages": journeys.stages(journey),
        "steps": journeys.steps(journey),
        "dates": journeys.dates(journey),
        "clarify": [
            (text(one["question"]), len(one["steps"]), one["attribute"])
            for one in journey["to_clarify"]
            if fields_for(one["attribute"])
        ],
        "left_out": journeys.left_out(journey),
        "register": journey["needs_registration"],
    }
