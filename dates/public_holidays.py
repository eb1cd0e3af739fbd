"""On which days public life rests, by the law of the federal state."""

import datetime as dt
from functools import cache

import holidays

from cms.site_settings import NORTH_RHINE_WESTPHALIA


def name_of(day: dt.date, state: str = NORTH_RHINE_WESTPHALIA) -> str:
    """German name of the public holiday on ``day`` in ``state`` (ISO 3166-2:DE), "" when it is none.

    Councils that this platform knows are those of North Rhine-Westphalia (§ 27 GO NRW).
    """
    return _of_year(day.year, state).get(day) or ""


@cache
def _of_year(year: int, state: str) -> holidays.HolidayBase:
    return holidays.country_holidays("DE", subdiv=state, years=year, language="de")
