"""The dates that an offer's intake states, for formats that know one opening and one closing."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from aiff_contracts.offer import AccessMode, ComputeDetails, Intake, Moment, OfferDocument
from aiff_contracts.offer.intake import CutOffs, next_deadline, windows

# Where no opening is stated, a window begins in this year at the latest.
_NEVER_STATED = 1970
_LAST_SECOND = time(23, 59, 59)
_BEFORE_ALL = datetime(_NEVER_STATED, 1, 1, tzinfo=UTC)


def stated_opening(intake: Intake) -> Moment | None:
    """Return the first opening, None where one window has none or no source says."""
    openings = [window.opens for window in windows(intake)]
    stated = [
        opening for opening in openings if opening is not None and opening.on.year > _NEVER_STATED
    ]
    if not stated or len(stated) < len(openings):
        return None
    return min(stated, key=Moment.start)


def stated_closing(intake: Intake) -> Moment | None:
    """Return the last closing, None where it is not stated or never comes."""
    if isinstance(intake, CutOffs) and intake.recurring:
        return None
    closings = [window.closes for window in windows(intake)]
    stated = [closing for closing in closings if closing is not None]
    if not stated or len(stated) < len(closings):
        return None
    return max(stated, key=Moment.end)


def written(moment: Moment | None) -> str | None:
    """Return a moment in ISO 8601: a day as a day, an instant with the offset of its own zone."""
    if moment is None:
        return None
    return moment.on.isoformat() if moment.at is None else moment.start().isoformat()


def last_instant(closing: Moment) -> datetime:
    """Return the last second of a deadline in its zone: of its day where no time is stated."""
    if closing.at is not None:
        return closing.start()
    return datetime.combine(closing.on, _LAST_SECOND, ZoneInfo(closing.timezone))


def deadlines(document: OfferDocument) -> Iterator[tuple[AccessMode | None, Moment]]:
    """Yield every closing and cut-off of an offer, with the access mode that it belongs to."""
    for moment in _deadlines(document.intake):
        yield None, moment
    if isinstance(document.details, ComputeDetails):
        for mode in document.details.access_modes:
            for moment in _deadlines(mode.intake):
                yield mode, moment


def _deadlines(intake: Intake) -> Iterator[Moment]:
    moment = next_deadline(intake, _BEFORE_ALL)
    while moment is not None:
        yield moment
        moment = next_deadline(intake, moment.end())
