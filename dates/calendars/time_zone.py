"""The time zone of the city (``settings.TIME_ZONE``), written out for programs that do not know it by name."""

import calendar
import datetime as dt
from bisect import bisect
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Component, Timezone

YEARS = range(1970, 2038)
"""What is looked at to find the rule of a zone: as far as the files of all systems reach."""
ONE_DAY = dt.timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1


def name() -> str:
    return settings.TIME_ZONE


def zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def component() -> Component:
    """VTIMEZONE of RFC 5545 (3.6.5), by rules that go on for ever.

    What icalendar derives by itself is a list of dates that ends one day; it is taken for the few zones whose clocks
    follow no rule of weekdays.
    """
    written = _written(settings.TIME_ZONE)
    return Timezone.from_ical(written) if written else Timezone.from_tzid(settings.TIME_ZONE)


@dataclass(frozen=True)
class Change:
    """A change of clocks: the moment by the clock before it, and the offsets before and after."""

    onset: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    called: str

    @property
    def is_last(self) -> bool:
        return self.onset.day + 7 > calendar.monthrange(self.onset.year, self.onset.month)[1]

    @property
    def place(self) -> tuple[object, ...]:
        """What is the same each year, but for which weekday of the month it is."""
        return self.onset.month, self.onset.weekday(), self.onset.time(), self.before, self.after


@cache
def _written(zone_name: str) -> str:
    """Empty for a zone without a rule."""
    place = ZoneInfo(zone_name)
    by_year = {year: _changes(place, year) for year in YEARS}
    latest = by_year[YEARS[-1]]
    if not latest:
        moment = dt.datetime(YEARS[-1], 1, 1, tzinfo=place)
        offset = moment.utcoffset() or dt.timedelta(0)
        always = Change(dt.datetime(YEARS[0], 1, 1), offset, offset, moment.tzname() or "")
        return _component(zone_name, [("STANDARD", always, "")])
    parts = []
    for change in latest:
        found = _same_each_year(change, by_year)
        if found is None:
            return ""
        first, nth = found
        rule = f"FREQ=YEARLY;BYMONTH={first.onset.month};BYDAY={nth}{WEEKDAYS[first.onset.weekday()]}"
        parts.append(("DAYLIGHT" if first.after > first.before else "STANDARD", first, rule))
    return _component(zone_name, parts)


def _changes(place: ZoneInfo, year: int) -> list[Change]:
    found = []
    day = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    while day.year == year:
        if _offset(place, day) != _offset(place, day + ONE_DAY):
            found.append(_change_on(place, day))
        day += ONE_DAY
    return found


def _change_on(place: ZoneInfo, day: dt.datetime) -> Change:
    before = _offset(place, day)
    at = bisect(range(24 * 60 + 1), 0, key=lambda at: _offset(place, day + dt.timedelta(minutes=at)) != before)
    moment = day + dt.timedelta(minutes=at)
    local = moment.astimezone(place)
    return Change((moment + before).replace(tzinfo=None), before, _offset(place, moment), local.tzname() or "")


def _offset(place: ZoneInfo, moment: dt.datetime) -> dt.timedelta:
    return moment.astimezone(place).utcoffset() or dt.timedelta(0)


def _same_each_year(latest: Change, by_year: dict[int, list[Change]]) -> tuple[Change, int] | None:
    """Since which change the rule of ``latest`` holds, and which weekday of the month it is; None when it is none."""
    kept: list[Change] = []
    wanted = LAST if latest.is_last else (latest.onset.day - 1) // 7 + 1
    for year in reversed(by_year):
        same = [change for change in by_year[year] if change.place == latest.place]
        fits = [each for each in same if (each.is_last if wanted == LAST else _nth(each) == wanted)]
        if not fits:
            break
        kept.append(fits[0])
    return (kept[-1], wanted) if len(kept) > 5 else None


def _nth(change: Change) -> int:
    return (change.onset.day - 1) // 7 + 1


def _component(zone_name: str, parts: list[tuple[str, Change, str]]) -> str:
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone_name}"]
    for kind, change, rule in parts:
        lines += [
            f"BEGIN:{kind}",
            f"TZOFFSETFROM:{_signed(change.before)}",
            f"TZOFFSETTO:{_signed(change.after)}",
            f"TZNAME:{change.called}",
            f"DTSTART:{change.onset:%Y%m%dT%H%M%S}",
            *([f"RRULE:{rule}"] if rule else []),
            f"END:{kind}",
        ]
    return "\n".join([*lines, "END:VTIMEZONE", ""])


def _signed(offset: dt.timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
