"""The dates that an offer's intake states, for formats that know one opening and one closing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from aiff_contracts.offer import ComputeDetails, Intake, Moment, OfferDocument, Text
from aiff_contracts.offer.intake import CutOffs, next_deadline, windows

# Where no opening is stated, a window begins in this year at the latest.
_NEVER_STATED = 1970
_LAST_SECOND = timedelta(seconds=1)
_BEFORE_ALL = datetime(_NEVER_STATED, 1, 1, tzinfo=UTC)


def stated_opening(intake: Intake) -> datetime | None:
    """Return the first opening in UTC, None where one window has none or no source says."""
    openings = [window.opens for window in windows(intake)]
    stated = [
        opening for opening in openings if opening is not None and opening.on.year > _NEVER_STATED
    ]
    if not stated or len(stated) < len(openings):
        return None
    return min(one.start() for one in stated).astimezone(UTC)


def stated_closing(intake: Intake) -> datetime | None:
    """Return the last second in UTC in which applications are taken, None where it never ends."""
    if isinstance(intake, CutOffs) and intake.recurring:
        return None
    closings = [window.closes for window in windows(intake)]
    stated = [closing for closing in closings if closing is not None]
    if not stated or len(stated) < len(closings):
        return None
    return max(last_instant(one) for one in stated)


def last_instant(moment: Moment) -> datetime:
    """Return the last second of a deadline, in UTC: of its day where no time is stated."""
    ends = moment.end().astimezone(UTC)
    return ends if moment.at is not None else ends - _LAST_SECOND


def deadlines(document: OfferDocument) -> Iterator[tuple[Text | None, Moment]]:
    """Yield every closing and cut-off of an offer, with the access mode that it belongs to."""
    for moment in _deadlines(document.intake):
        yield None, moment
    if isinstance(document.details, ComputeDetails):
        for mode in document.details.access_modes:
            for moment in _deadlines(mode.intake):
                yield mode.name, moment


def _deadlines(intake: Intake) -> Iterator[Moment]:
    moment = next_deadline(intake, _BEFORE_ALL)
    while moment is not None:
        yield moment
        moment = next_deadline(intake, moment.end())
