"""What the routes of quality work with."""

from dataclasses import dataclass
from typing import Annotated

from aiff_catalog.quality.application.duplicate_decisions import DuplicateDecisions
from aiff_catalog.quality.application.merging import MergeCommands
from aiff_catalog.quality.application.reports import ErrorReports
from aiff_catalog.quality.application.similar import SimilarOffers
from aiff_catalog.quality.application.work_list import WorkList
from aiff_catalog.shared.http.services import provided
from aiff_kit.http import CursorSigner


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityServices:
    """The use cases behind the work list, duplicates, what is similar and what is reported."""

    work_list: WorkList
    duplicates: DuplicateDecisions
    merging: MergeCommands
    similar: SimilarOffers
    reports: ErrorReports
    cursors: CursorSigner


Checks = Annotated[QualityServices, provided(QualityServices)]
