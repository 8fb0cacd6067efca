"""What the routes of reviews work with."""

from dataclasses import dataclass
from typing import Annotated

from aiff_catalog.reviews.application.decisions import ReviewCommands
from aiff_catalog.reviews.application.queries import ReviewQueries
from aiff_catalog.shared.http.services import provided


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewServices:
    """The use cases behind reviews and publication."""

    commands: ReviewCommands
    queries: ReviewQueries


Reviews = Annotated[ReviewServices, provided(ReviewServices)]
