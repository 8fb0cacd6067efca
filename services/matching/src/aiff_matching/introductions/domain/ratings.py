"""Ratings that a start-up gives after an introduction."""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Ge, Le

from aiff_contracts.language import Strict

Stars = Annotated[int, Ge(1), Le(5)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Strict):
    """From 1 (poor) to 5 (very good): as a whole, and of the support; None is not rated."""

    overall: Stars
    speed: Stars | None = None
    expertise: Stars | None = None
    follow_up: Stars | None = None
    application_help: Stars | None = None
