"""On which days public life rests, by the law of the federal state."""

import datetime as dt
from functools import cache

import holidays

STATE = "NW"
"""ISO 3166-2:DE. The councils that this platform knows are those of North Rhine-Westphalia (§ 27 GO NRW)."""


def name_of(day: dt.date) -> str:
    """German name of the public holiday on ``day``, "" when it is none."""
    return _of_year(day.year).get(day) or ""


@cache
def _of_year(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("DE", subdiv=STATE, years=year, language="de")
