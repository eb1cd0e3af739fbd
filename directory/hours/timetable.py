"""When somebody is there, worked out from the week, the special days and the public holidays. Knows no database.

Times are those on the wall, in the time zone of the city. What closes at or before the hour at which it opens does so
on the next day.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from cms.localization import formats, public_holidays
from cms.routing.site_settings import NORTH_RHINE_WESTPHALIA

Kind = Literal["always", "open", "opens", "closed"]
Period = tuple[dt.datetime, dt.datetime]
A_DAY = dt.timedelta(days=1)
AROUND_THE_CLOCK = dt.timedelta(days=8)
"""What is open without a break for longer than a week never closes, as far as visitors care."""
LOOKED_AHEAD = 366
"""Days."""
PUBLIC_HOLIDAY = "public"
"""The reason (``SpecialHours.reason``) of a day that the calendar closes."""


@dataclass(frozen=True, order=True)
class Span:
    """From when to when, on one day."""

    opens: dt.time
    closes: dt.time

    @property
    def is_whole_day(self) -> bool:
        return self.opens == self.closes

    def on(self, day: dt.date) -> Period:
        start, end = dt.datetime.combine(day, self.opens), dt.datetime.combine(day, self.closes)
        return start, end if self.closes > self.opens else end + A_DAY


@dataclass(frozen=True)
class SpecialDays:
    """Days on which other hours hold than in the week; without ``span`` nobody is there."""

    first: dt.date
    last: dt.date
    span: Span | None = None
    reason: str = ""

    def holds_on(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class OpeningState:
    """How it stands at a moment. ``at`` is when that ends: when it closes, or opens; None when nobody can know."""

    kind: Kind
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Timetable:
    """``week`` by ISO number of the weekday. Special days come before public holidays, and both before the week."""

    week: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    special: tuple[SpecialDays, ...] = ()
    closed_on_public_holidays: bool = False
    federal_state: str = NORTH_RHINE_WESTPHALIA
    """ISO 3166-2:DE; its public holidays count."""

    def __bool__(self) -> bool:
        return any(self.week.values()) or bool(self.special)

    def spans_on(self, day: dt.date) -> tuple[Span, ...]:
        special = [each for each in self.special if each.holds_on(day)]
        if special:
            return tuple(sorted(each.span for each in special if each.span))
        if self._is_public_holiday(day):
            return ()
        return tuple(sorted(self.week.get(day.isoweekday(), ())))

    def reason_closed(self, day: dt.date) -> str | None:
        """Why nobody is there on a day on which somebody would be; None when somebody is, or never is on that day."""
        if self.spans_on(day) or not self.week.get(day.isoweekday()):
            return None
        special = [each.reason for each in self.special if each.holds_on(day)]
        return special[0] if special else PUBLIC_HOLIDAY

    def is_open_at(self, now: dt.datetime) -> bool:
        """As ``state`` says it, without a look at what comes."""
        clock = formats.local(now).replace(tzinfo=None)
        days = (clock.date() - A_DAY, clock.date())
        periods = (span.on(day) for day in days for span in self.spans_on(day))
        return any(start <= clock < end for start, end in periods)

    def state(self, now: dt.datetime) -> OpeningState:
        """How it stands at ``now`` and until when."""
        clock = formats.local(now).replace(tzinfo=None)
        for start, end in self._periods(clock.date() - A_DAY):
            if end <= clock:
                continue
            if start > clock:
                return OpeningState("opens", start)
            return OpeningState("always") if end - start > AROUND_THE_CLOCK else OpeningState("open", end)
        return OpeningState("closed")

    def _is_public_holiday(self, day: dt.date) -> bool:
        return self.closed_on_public_holidays and bool(public_holidays.name_of(day, self.federal_state))

    def _periods(self, first: dt.date) -> Iterator[Period]:
        """One after the other; what touches or overlaps is one."""
        open_since: Period | None = None
        for number in range(LOOKED_AHEAD):
            day = first + number * A_DAY
            for start, end in (span.on(day) for span in self.spans_on(day)):
                if open_since is None:
                    open_since = start, end
                elif start <= open_since[1]:
                    open_since = open_since[0], max(end, open_since[1])
                else:
                    yield open_since
                    open_since = start, end
            if open_since is not None and open_since[1] < dt.datetime.combine(day + A_DAY, dt.time.min):
                yield open_since
                open_since = None
        if open_since is not None:
            yield open_since
