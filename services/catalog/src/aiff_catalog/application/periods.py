"""The dates that an offer's intake states, for formats that know one opening and one closing."""

from datetime import UTC, datetime, timedelta

from aiff_contracts.offer import Intake, Moment
from aiff_contracts.offer.intake import CutOffs, windows

# Where no opening is stated, a window begins in this year at the latest.
_NEVER_STATED = 1970
_LAST_SECOND = timedelta(seconds=1)


def stated_opening(intake: Intake) -> datetime | None:
    """Return the first opening in UTC, None where one window has none or no source says."""
    openings = [window.opens for window in windows(intake)]
    stated = [one for one in openings if one is not None and one.on.year > _NEVER_STATED]
    if not stated or len(stated) < len(openings):
        return None
    return min(one.start() for one in stated).astimezone(UTC)


def stated_closing(intake: Intake) -> datetime | None:
    """Return the last second in UTC in which applications are taken, None where it never ends."""
    if isinstance(intake, CutOffs) and intake.recurring:
        return None
    closings = [window.closes for window in windows(intake)]
    stated = [one for one in closings if one is not None]
    if not stated or len(stated) < len(closings):
        return None
    return max(last_instant(one) for one in stated)


def last_instant(moment: Moment) -> datetime:
    """Return the last second of a deadline, in UTC: of its day where no time is stated."""
    ends = moment.end().astimezone(UTC)
    return ends if moment.at is not None else ends - _LAST_SECOND
