"""What an author writes beside an offer and the public does not read: cases that try its rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict

CASES = "eligibility_cases"
ExpectedVerdict = Literal["eligible", "to_confirm", "unknown", "not_eligible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityCase(Strict):
    """A profile with the verdict that the author expects while applications are taken.

    `profile` and `need` are written as for `POST /v1/matches`; `asked_on` is the day of the
    question, from which ages are counted.
    """

    name: Annotated[str, MinLen(3), MaxLen(160)]
    verdict: ExpectedVerdict
    asked_on: date
    profile: dict[str, Any]
    need: Annotated[dict[str, Any], MaxLen(20)] | None = None


def without_cases(document: object) -> tuple[object, object]:
    """Return the offer's content as it is published, and the cases as they are written."""
    if not isinstance(document, Mapping):
        return document, ()
    content = {key: value for key, value in document.items() if key != CASES}
    return content, document.get(CASES, ())
