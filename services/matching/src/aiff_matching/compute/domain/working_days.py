"""Delays in working days: Monday to Friday, without the public holidays of metropolitan France.

European programmes publish their delays without naming a calendar; France's is taken, since it
holds the holidays of the platform's own applicants and of their national centres.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from holidays import country_holidays

from aiff_contracts.offer import Delay
from aiff_matching.shared.months import months_later

Unit = Literal["working_days", "calendar_days", "weeks", "months"]

# All years at once: filled on demand, a second thread could see a year that is half there.
_YEARS = range(1970, 2202)
_HOLIDAYS = country_holidays("FR", years=_YEARS, expand=False)


@lru_cache(4096)
def after(day: date, count: int, unit: Unit) -> date:
    """Return the day that lies so many of these units after another."""
    match unit:
        case "working_days" if count:
            return _HOLIDAYS.get_nth_working_day(day, count)
        case "weeks":
            return day + timedelta(weeks=count)
        case "months":
            return months_later(day, count)
        case _:
            return day + timedelta(days=count)


def delayed(day: date, delay: Delay) -> tuple[date, date]:
    """Return the first and the last day on which a published delay may end.

    A delay that states only its longest may be shorter: then the day itself is the first.
    """
    return after(day, delay.minimum or 0, delay.unit), after(day, delay.maximum, delay.unit)
