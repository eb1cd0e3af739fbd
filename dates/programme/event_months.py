"""From a list of events to other months: the next that have something, and any that there is to choose."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils.functional import cached_property

from dates import periods, recurrence
from dates.programme.listed_event import ListedEvent

CHIPS = 3
TO_CHOOSE = 12
Named = list[tuple[dt.date, str]]
"""Months with their names in addresses."""


class Months:
    """Where there is something: ``starts`` of what takes place once, and what is ``recurring``."""

    def __init__(
        self,
        starts: list[dt.datetime],
        recurring: list[ListedEvent],
        *,
        today: dt.datetime,
        asked: dt.date | None,
    ) -> None:
        self._starts, self._recurring, self._today, self._asked = starts, recurring, today, asked
        self._first = periods.month_of(periods.day_of(today))

    @cached_property
    def _of_starts(self) -> set[dt.date]:
        return {periods.month_of(periods.day_of(start)) for start in self._starts}

    def _has_something(self, month: dt.date) -> bool:
        begin, end = max(periods.beginning(month), self._today), periods.beginning(periods.following(month))
        return month in self._of_starts or any(recurrence.occurrences(each, begin, end) for each in self._recurring)

    @cached_property
    def chips(self) -> Named:
        """The next months that have something, and the one that was asked for."""
        months = islice(_from(self._first), TO_CHOOSE)
        return self._with_asked(islice(filter(self._has_something, months), CHIPS))

    @cached_property
    def to_choose(self) -> Named:
        later = (month for month in self._of_starts if month >= self._first)
        return self._with_asked([*islice(_from(self._first), TO_CHOOSE), *later])

    def _with_asked(self, months: Iterable[dt.date]) -> Named:
        chosen = {*months, *([self._asked] if self._asked else [])}
        return [(month, periods.name_of(month)) for month in sorted(chosen)]

    @cached_property
    def next(self) -> dt.date | None:
        """The next month after the one asked for that has something."""
        if not self._asked:
            return None
        following = periods.following(self._asked)
        if self._has_something(following):
            return following
        begin = periods.beginning(following)
        starts = [start for start in self._starts if start >= begin]
        starts += [start for event in self._recurring if (start := recurrence.next_start(event, begin))]
        return periods.month_of(periods.day_of(min(starts))) if starts else None

    @property
    def previous(self) -> dt.date | None:
        """The month before the one asked for, down to the current one: what is over is in the archive."""
        return periods.preceding(self._asked) if self._asked and self._asked > self._first else None

    @property
    def next_name(self) -> str:
        return periods.name_of(self.next)

    @property
    def previous_name(self) -> str:
        return periods.name_of(self.previous)


def _from(month: dt.date) -> Iterator[dt.date]:
    while True:
        yield month
        month = periods.following(month)
