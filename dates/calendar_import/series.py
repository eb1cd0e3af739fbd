"""What a source says of one event that repeats, as few events of ours: one, where a rule of ours can say it.

The rule is worked out by the source's own clock and compared with what a rule of ours gives by the clock of the place:
so a zone counts by the times that it means, not by its name. Where these times shift against each other (UTC over a
change of clocks) or where "this and all following" dates differ (RANGE=THISANDFUTURE), the series is cut in two.
"""

import datetime as dt
from dataclasses import dataclass, replace
from itertools import groupby

from cms.localization.accepted_dates import EARLIEST_YEAR, is_accepted
from dates.calendar_import import clocks, rules
from dates.calendar_import.beside_the_rule import excluded, is_a_day, listed, periods
from dates.calendar_import.components import Component, foreign_of, moment
from dates.calendar_import.foreign import Addition, Change, Foreign, hashed

BEYOND = dt.timedelta(days=220)
"""How far behind the twelve months is looked, so that a series that is cut has the same end at each look."""
LONGEST = dt.timedelta(days=9 * 365)
MOST_SINGLE_DATES = 60
"""Of one event whose rule ours cannot say: what are more is no series that people would want to read one by one."""


@dataclass(frozen=True)
class Date:
    """One date of the rule: by the clock of the source, and by the clock of the place as its ``owner`` has it."""

    original: dt.datetime
    start: dt.datetime
    owner: Component

    @property
    def shift(self) -> dt.timedelta:
        return self.start - self.original


@dataclass(frozen=True)
class Source:
    """A VEVENT that repeats, with those of its dates that differ."""

    uid: str
    family: str
    name: str
    """What tells it from others with the same UID; "" for the only one."""
    regular: Component
    others: list[Component]
    private_days: list[dt.date]
    """RECURRENCE-ID of dates that are private."""

    @property
    def begin(self) -> dt.date:
        begin: dt.date = self.regular["DTSTART"].dt
        return begin

    def key(self, *parts: str) -> str:
        return hashed(self.uid, *(part for part in (self.name, *parts) if part)) if parts or self.name else self.family

    def foreign(self, component: Component, key: str) -> Foreign:
        return foreign_of(component, key=key, family=self.family, uid=self.uid)


def events_of(source: Source, today: dt.datetime, end: dt.datetime) -> list[Foreign]:
    """All that ``source`` says. Raises ValueError and its like for what cannot be read, or is meant to harm."""
    rule = source.regular.get("RRULE")
    if isinstance(rule, list):
        raise ValueError("more than one rule")
    if rule is not None:
        rule = source.regular["RRULE"] = rules.without_own_time(rule, source.begin)
        if not rules.is_harmless(rule):
            raise ValueError("hostile recurrence")
    if moment(source.regular["DTSTART"].dt).year < EARLIEST_YEAR:
        raise ValueError("no date of our time")
    dates, has_more = _dates(source, clocks.wall(end + BEYOND, source.begin))
    differing, singles = _differing(source, dates)
    found: list[Foreign] = []
    for number, (_cut, each) in enumerate(groupby(dates, key=lambda date: _part(date, dates[0]))):
        group = list(each)
        key = source.key(*(["from", clocks.text(group[0].original)] if number else []))
        series = _one(source, group, key, differing, goes_on=has_more and group[-1] is dates[-1])
        found += [series] if series is not None else _single_dates(source, group, differing, today, end)
    return [*_with_additions(found, source, dates), *singles]


def _part(date: Date, first: Date) -> tuple[object, ...]:
    """What is the same for all dates that one event of ours can have; ours last ten years at most."""
    return id(date.owner), date.shift, (date.original - first.original) // LONGEST


def _dates(source: Source, horizon: dt.datetime) -> tuple[list[Date], bool]:
    """What the rule gives until ``horizon``, and whether it gives more."""
    begin, rule = source.regular["DTSTART"].dt, source.regular.get("RRULE")
    originals, has_more = rules.starts(rule, begin, horizon) if rule is not None else ([clocks.naive(begin)], False)
    ranges = [
        (clocks.wall(other["RECURRENCE-ID"].dt, source.begin), other) for other in source.others if _is_range(other)
    ]
    ranges.sort(key=lambda pair: pair[0])
    found = []
    for original in originals:
        owner, moved = source.regular, dt.timedelta(0)
        for since, other in ranges:
            if since <= original:
                owner, moved = other, clocks.place(other["DTSTART"].dt) - clocks.place_of(since, begin)
        found.append(Date(original, clocks.place_of(original, begin) + moved, owner))
    return found, has_more


def _one(
    source: Source, group: list[Date], key: str, differing: dict[dt.datetime, Change | None], *, goes_on: bool
) -> Foreign | None:
    """``group`` as one event; None when no rule of ours gives these dates."""
    foreign = _at(source.foreign(group[0].owner, key), group[0].start)
    changes = {date.start.date(): differing[date.original] for date in group if date.original in differing}
    days = [change.day if change else day for day, change in changes.items()]
    if len(group) == 1 and not goes_on:
        change = next(iter(changes.values()), None)
        if not changes:
            return foreign
        return _changed(foreign, change) if change is not None else None
    shifted = (group[0].start.date() - group[0].original.date()).days
    ours = rules.as_ours(source.regular["RRULE"], [date.start for date in group], shifted)
    first, until = group[0].start.date(), None if goes_on else group[-1].start.date()
    said = rules.last_day(source.regular["RRULE"], source.regular["DTSTART"].dt) if goes_on else None
    if said is not None and is_accepted(said) and rules.may_last(first, said):
        until = said
    if ours is None or not is_accepted(until, *days) or not rules.may_last(first, until):
        return None
    return replace(
        foreign,
        recurrence=ours,
        recurrence_until=until,
        changes=tuple(change for _day, change in sorted(changes.items()) if change is not None),
        left_out=tuple(day for day, change in sorted(changes.items()) if change is None),
    )


def _single_dates(
    source: Source, group: list[Date], differing: dict[dt.datetime, Change | None], today: dt.datetime, end: dt.datetime
) -> list[Foreign]:
    found = []
    for date in group:
        change = differing.get(date.original, Change(date.start.date()))
        start = clocks.aware(date.start)
        if change is None or not today - dt.timedelta(days=31) <= start < end:
            continue
        foreign = _at(source.foreign(date.owner, source.key(clocks.text(date.original))), date.start)
        if date.original in differing:
            foreign = _changed(foreign, change)
        found.append(foreign)
        if len(found) > MOST_SINGLE_DATES:
            raise ValueError("more single dates than anybody reads")
    return found


def _changed(foreign: Foreign, change: Change) -> Foreign:
    if change.start is None:
        return replace(foreign, is_cancelled=True)
    return replace(foreign, start=change.start, end=change.end)


def _differing(source: Source, dates: list[Date]) -> tuple[dict[dt.datetime, Change | None], list[Foreign]]:
    """What differs, by the original start of the date; None for what stands elsewhere. And what stands for itself."""
    by_start = {date.original: date for date in dates}
    by_day = {date.original.date(): date for date in dates}
    found: dict[dt.datetime, Change | None] = {}
    singles: list[Foreign] = []
    for value in excluded(source.regular, dates[-1].original):
        date = by_start.get(clocks.wall(value, source.begin)) or (
            by_day.get(clocks.naive(value).date()) if is_a_day(value) else None
        )
        if date is not None:
            found[date.original] = Change(date.start.date(), is_deleted=True)
    for private in source.private_days:
        date = by_start.get(clocks.wall(private, source.begin))
        if date is not None:
            found[date.original] = None
    for other in source.others:
        if _is_range(other):
            continue
        value = other["RECURRENCE-ID"].dt
        date = by_start.get(clocks.wall(value, source.begin)) or (
            None if isinstance(value, dt.datetime) else by_day.get(value)
        )
        single = source.foreign(other, source.key(clocks.text(clocks.wall(value, source.begin))))
        if date is None:
            if clocks.place(value) not in [clocks.place(each[0]) for each in periods(source.regular)]:
                singles.append(single)
            continue
        regular = _at(source.foreign(date.owner, ""), date.start)
        if single.is_cancelled and not regular.is_cancelled:
            found[date.original] = Change(date.start.date())
        elif _words(single) != _words(regular):
            found[date.original] = None
            singles.append(single)
        elif (single.start, single.end) != (regular.start, regular.end):
            found[date.original] = Change(date.start.date(), single.start, single.end)
        else:
            found.pop(date.original, None)
    return found, singles


def _with_additions(found: list[Foreign], source: Source, dates: list[Date]) -> list[Foreign]:
    """With the dates that stand beside the rule, in the last of the events that the rule makes."""
    excluded = {clocks.place(value) for value in listed(source.regular, "EXDATE")}
    others = {clocks.place(other["RECURRENCE-ID"].dt): other for other in source.others if not _is_range(other)}
    additions: dict[dt.datetime, Addition] = {}
    known = {date.start for date in dates}
    for begin, finish in periods(source.regular):
        start = clocks.place(begin)
        if start in excluded or start in known:
            continue
        if start in others:
            changed = source.foreign(others[start], "")
            additions[clocks.naive(changed.start)] = Addition(changed.start, changed.end, changed.is_cancelled)
        else:
            additions[start] = Addition(
                clocks.aware(start), clocks.aware(clocks.place(finish)) if finish is not None else None
            )
    if not additions or not found:
        return found
    ordered = tuple(additions[start] for start in sorted(additions))
    return [*found[:-1], replace(found[-1], additions=ordered)]


def _is_range(component: Component) -> bool:
    return str(component["RECURRENCE-ID"].params.get("RANGE", "")).upper() == "THISANDFUTURE"


def _words(foreign: Foreign) -> tuple[object, ...]:
    return foreign.title, foreign.lead, foreign.body, foreign.place_name, foreign.all_day


def _at(foreign: Foreign, start: dt.datetime) -> Foreign:
    """The same at another time, and as long, by the clock on the wall."""
    length = clocks.naive(foreign.end) - clocks.naive(foreign.start) if foreign.end else None
    return replace(foreign, start=clocks.aware(start), end=clocks.aware(start + length) if length is not None else None)
