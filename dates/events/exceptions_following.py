"""What becomes of single dates that are cancelled or moved when the series itself goes to other days.

An exception is kept under the day on which its date would be. Where the series moves as a whole, from Tuesday to
Wednesday, the exception goes with its date: else a cancelled one would take place again.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.localization import formats
from dates import recurrence
from dates.recurrence import rule as rules
from dates.recurrence.recurring import Recurring, is_sound


@dataclass(frozen=True)
class Followed:
    """Days by which single dates are known: ``moved`` from one to another, ``dropped`` with no date in their place."""

    moved: dict[dt.date, dt.date]
    dropped: list[dt.date]

    @property
    def sentences(self) -> list[str]:
        """For whoever has moved the series; what is over interests nobody."""
        today = timezone.localdate()
        said, gone = [], [formats.medium_date(day) for day in self.dropped if day >= today]
        count = sum(day >= today for day in self.moved)
        if count:
            said.append(
                ngettext(
                    "%(count)d date that is cancelled or moved went along to its new day.",
                    "%(count)d dates that are cancelled or moved went along to their new days.",
                    count,
                )
                % {"count": count}
            )
        if gone:
            sentence = _(
                "What you had said of single dates is gone, since the event does not take place then: %(days)s."
            )
            said.append(sentence % {"days": formats.list_of(gone)})
        return said


def follow(*, before: Recurring, after: Recurring, rows: Iterable[Any]) -> Followed:
    """Gives each of ``rows``, exceptions of the series as it was ``before``, the day of its date ``after``.

    The date is the one as many days later as the series begins, or that takes its place in the same week (of a monthly
    event: month, of a yearly one: year). An exception whose day is a date of the series still stays as it is, and so do
    those that are dropped: what becomes of them is for the caller.
    """
    moved: dict[dt.date, dt.date] = {}
    dropped: list[dt.date] = []
    going = [row for row in rows if _was_a_date(before, row) and recurrence.start_on(after, row.original_date) is None]
    taken = {row.original_date for row in rows if row not in going}
    for row in going:
        day, place = row.original_date, _in_its_place(before, after, row.original_date)
        if place is None or place in taken:
            dropped.append(day)
        else:
            taken.add(place)
            moved[day] = row.original_date = place
    return Followed(moved, dropped)


def follow_in(*, draft: Any, before: Recurring) -> Followed:
    """The same for all exceptions of ``draft``; those that are dropped go, and so do those that say nothing new."""
    rows = list(draft.exceptions.all())
    followed = follow(before=before, after=draft, rows=rows)
    arrived = set(followed.moved.values())
    draft.exceptions = [
        row
        for row in rows
        if row.original_date not in followed.dropped
        and not (row.original_date in arrived and _says_what_the_rule_says(draft, row))
    ]
    return followed


def snapshot(event: Any) -> Any:
    """``event`` as it is now, which stays so whatever happens to it."""
    return type(event).from_serializable_data(event.serializable_data(), check_fks=False)


def _was_a_date(before: Recurring, row: Any) -> bool:
    return bool(before.recurrence) and recurrence.start_on(before, row.original_date) is not None


def _says_what_the_rule_says(event: Recurring, row: Any) -> bool:
    """A date that was moved to where it would be now."""
    start = recurrence.start_on(event, row.original_date)
    return bool(row.new_start and not row.new_end and formats.local(row.new_start).replace(tzinfo=None) == start)


def _in_its_place(before: Recurring, after: Recurring, day: dt.date) -> dt.date | None:
    """None where nobody can know which date it is, or where there is none any more."""
    was, now = rules.read(before.recurrence), rules.read(after.recurrence)
    if was is None or now is None or not is_sound(after) or was.frequency != now.frequency:
        return None
    begun, begins = formats.local(before.start).date(), formats.local(after.start).date()
    if now.frequency in STEPS:
        step = STEPS[now.frequency] * now.interval
        along = day + dt.timedelta(days=math.fmod((begins - begun).days, step))
        if recurrence.start_on(after, along) and not recurrence.start_on(before, along):
            return along
    turns = RHYTHM[now.frequency](begins) - RHYTHM[now.frequency](begun)
    old = _days_in(before, *TURNS[was.frequency](day, 0))
    new = _days_in(after, *TURNS[was.frequency](day, int(math.fmod(turns, now.interval))))
    left = [each for each in old if each not in new]
    come = [each for each in new if each not in old]
    return come[left.index(day)] if day in left and len(left) == len(come) else None


def _days_in(event: Recurring, first: dt.date, last: dt.date) -> list[dt.date]:
    """Days of the rule, holidays among them: which of them are left out is no matter of the series."""
    days = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if recurrence.start_on(event, day) is not None]


def _week(day: dt.date, later: int) -> tuple[dt.date, dt.date]:
    monday = day + dt.timedelta(days=7 * later - day.weekday())
    return monday, monday + dt.timedelta(days=6)


def _month(day: dt.date, later: int) -> tuple[dt.date, dt.date]:
    years, month = divmod(day.month - 1 + later, 12)
    first = dt.date(day.year + years, month + 1, 1)
    return first, (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


def _year(day: dt.date, later: int) -> tuple[dt.date, dt.date]:
    return dt.date(day.year + later, 1, 1), dt.date(day.year + later, 12, 31)


STEPS = {rules.DAILY: 1, rules.WEEKLY: 7}
TURNS: dict[str, Callable[[dt.date, int], tuple[dt.date, dt.date]]] = {
    rules.DAILY: lambda day, later: (day + dt.timedelta(days=later), day + dt.timedelta(days=later)),
    rules.WEEKLY: _week,
    rules.MONTHLY: _month,
    rules.YEARLY: _year,
}
"""First and last day of the turn in which one date takes another's place, so many turns after that of a day."""
RHYTHM: dict[str, Callable[[dt.date], int]] = {
    rules.DAILY: dt.date.toordinal,
    rules.WEEKLY: lambda day: (day.toordinal() - 1) // 7,
    rules.MONTHLY: lambda day: day.year * 12 + day.month,
    rules.YEARLY: lambda day: day.year,
}
"""The number of a turn: a series of every second month that begins a month later has its dates in the others."""
