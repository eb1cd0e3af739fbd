"""A rule of recurrence as events keep it: the value of an RRULE (RFC 5545, 3.3.10) that people can say.

The last day stands beside the rule, not in it (UNTIL). What a rule leaves open follows the start of its event, as in
RFC 5545: "FREQ=WEEKLY" is the start's weekday, "FREQ=MONTHLY" its day of the month.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache

DAILY, WEEKLY, MONTHLY, YEARLY = "DAILY", "WEEKLY", "MONTHLY", "YEARLY"
WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
"""The last weekday of its kind, or the last day, of a month."""
NTHS = (1, 2, 3, 4, LAST)
"""Which weekday of a month there is to choose; a fifth is not in every month."""
LONGEST_INTERVAL = {DAILY: 60, WEEKLY: 52, MONTHLY: 24, YEARLY: 5}
MOST_TIMES = 500
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)")
_NTH_WEEKDAY = re.compile(r"([+-]?[1-5])([A-Z]{2})")


class NotSayable(ValueError):
    """The rule means something that events here cannot say, or nothing at all."""


@dataclass(frozen=True)
class Rule:
    """``weekdays`` count from Monday, 0. ``nths`` (of a month) go with exactly one of them. 0 and () are left open.

    ``count`` is how often the event takes place: what is left out for holidays is made up for at the end.
    """

    frequency: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nths: tuple[int, ...] = ()
    month: int = 0
    month_day: int = 0
    count: int = 0

    def __str__(self) -> str:
        """The value of an RRULE."""
        codes = [WEEKDAY_CODES[number] for number in self.weekdays]
        parts = {
            "FREQ": self.frequency,
            "INTERVAL": self.interval if self.interval > 1 else "",
            "BYMONTH": self.month or "",
            "BYMONTHDAY": self.month_day or "",
            "BYDAY": ",".join([f"{nth}{codes[0]}" for nth in self.nths] if self.nths else codes),
            "COUNT": self.count or "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def parse(text: str) -> Rule:
    """The rule that ``text`` is, in any order of its parts. Raises NotSayable."""
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        found = _PART.fullmatch(part)
        if found is None or found[1] in parts:
            raise NotSayable(text)
        parts[found[1]] = found[2]
    if parts.pop("WKST", "MO") != "MO" and parts.get("INTERVAL", "1") != "1":
        raise NotSayable(text)
    frequency = parts.pop("FREQ", "")
    if frequency not in LONGEST_INTERVAL:
        raise NotSayable(text)
    if frequency == DAILY and "BYDAY" in parts and parts.get("INTERVAL", "1") == "1":
        frequency = WEEKLY  # every day that is a Monday is every Monday
    weekdays, nths = _weekdays(frequency, _by_day(frequency, parts))
    rule = Rule(
        frequency,
        interval=_number(parts.pop("INTERVAL", "1"), 1, LONGEST_INTERVAL[frequency]),
        weekdays=weekdays,
        nths=nths,
        month=_number(parts.pop("BYMONTH"), 1, 12) if "BYMONTH" in parts else 0,
        month_day=_month_day(parts.pop("BYMONTHDAY")) if "BYMONTHDAY" in parts else 0,
        count=_number(parts.pop("COUNT"), 1, MOST_TIMES) if "COUNT" in parts else 0,
    )
    if parts or not _goes_together(rule):
        raise NotSayable(text)
    return rule


@lru_cache(maxsize=1000)
def read(text: str) -> Rule | None:
    """What is stored: None when it says nothing that can be worked out, however it got there."""
    try:
        return parse(text) if text else None
    except NotSayable:
        return None


def _number(text: str, least: int, most: int) -> int:
    try:
        number = int(text)
    except ValueError as error:
        raise NotSayable(text) from error
    if not least <= number <= most:
        raise NotSayable(text)
    return number


def _month_day(text: str) -> int:
    return LAST if text == str(LAST) else _number(text, 1, 31)


def _by_day(frequency: str, parts: dict[str, str]) -> str:
    """BYDAY; of Outlook's way to write "the second Tuesday" (BYDAY=TU;BYSETPOS=2) as all others write it."""
    by_day, place = parts.pop("BYDAY", ""), parts.get("BYSETPOS", "")
    if frequency == MONTHLY and by_day in WEEKDAY_CODES and place:
        del parts["BYSETPOS"]
        return ",".join(f"{each}{by_day}" for each in place.split(","))
    return by_day


def _weekdays(frequency: str, text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if not text:
        return (), ()
    values = text.split(",")
    if frequency != MONTHLY:
        if not set(values) <= set(WEEKDAY_CODES):
            raise NotSayable(text)
        return tuple(sorted({WEEKDAY_CODES.index(value) for value in values})), ()
    found = [_NTH_WEEKDAY.fullmatch(value) for value in values]
    pairs = {(int(each[1]), each[2]) for each in found if each}
    codes = {code for _nth, code in pairs}
    nths = tuple(nth for nth in NTHS if nth in {number for number, _code in pairs})
    if not all(found) or len(codes) != 1 or not codes <= set(WEEKDAY_CODES) or len(nths) != len(pairs):
        raise NotSayable(text)
    return (WEEKDAY_CODES.index(codes.pop()),), nths


def _goes_together(rule: Rule) -> bool:
    if rule.month and rule.frequency != YEARLY:
        return False
    if rule.month_day and (rule.frequency not in (MONTHLY, YEARLY) or rule.weekdays):
        return False
    if rule.weekdays and rule.frequency not in (WEEKLY, MONTHLY):
        return False
    return rule.frequency != YEARLY or bool(rule.month) or not rule.month_day


def settled(rule: Rule, day: dt.date) -> Rule:
    """The same rule for an event that begins on ``day``, written as briefly as it can be.

    29 February is the last day of that month in other years: nobody plans an event for every fourth year.
    """
    if rule.frequency == WEEKLY and rule.weekdays == (day.weekday(),):
        return replace(rule, weekdays=())
    if rule.frequency == MONTHLY and rule.month_day == day.day:
        return replace(rule, month_day=0)
    if rule.frequency == YEARLY and (day.month, day.day) == (2, 29):
        return replace(rule, month=2, month_day=LAST)
    if rule.frequency == YEARLY and rule.month == day.month and rule.month_day in (0, day.day):
        return replace(rule, month=0, month_day=0)
    return rule


def carried(text: str, before: dt.date, after: dt.date) -> str:
    """The stored rule of an event whose start goes from ``before`` to ``after``, so that it is one of its dates again.

    "The second Tuesday" becomes the third Wednesday, a single weekday the new one; of several weekdays the one that
    the start leaves becomes the one it goes to.
    """
    rule = read(text)
    if rule is None or before == after:
        return text
    if rule.frequency == WEEKLY and rule.weekdays:
        weekdays = {number for number in rule.weekdays if number != before.weekday()} | {after.weekday()}
        rule = rule if after.weekday() in rule.weekdays else replace(rule, weekdays=tuple(sorted(weekdays)))
    elif rule.nths and not _is_one_of(rule, after):
        means_last = (rule.nths == (LAST,) and is_last(after)) or nth_of(after) not in NTHS
        rule = replace(rule, weekdays=(after.weekday(),), nths=(LAST if means_last else nth_of(after),))
    elif rule.month_day == LAST and rule.frequency == MONTHLY and (after + dt.timedelta(days=1)).day != 1:
        rule = replace(rule, month_day=0)
    elif rule.frequency == YEARLY:
        rule = replace(rule, month=0, month_day=0)
    return str(settled(rule, after))


def _is_one_of(rule: Rule, day: dt.date) -> bool:
    return (day.weekday(),) == rule.weekdays and bool({nth_of(day), LAST if is_last(day) else 0} & set(rule.nths))


def nth_of(day: dt.date) -> int:
    """Which of its weekday ``day`` is in its month, 1 to 5."""
    return (day.day - 1) // 7 + 1


def is_last(day: dt.date) -> bool:
    """Whether no such weekday follows in the month."""
    return (day + dt.timedelta(days=7)).month != day.month


def former(text: str, day: dt.date) -> str:
    """What older versions kept as a word, as the rule it meant for an event that begins on ``day``."""
    match text:
        case "weekly":
            return "FREQ=WEEKLY"
        case "monthly_weekday":
            nth = nth_of(day) if nth_of(day) < 5 else LAST
            return f"FREQ=MONTHLY;BYDAY={nth}{WEEKDAY_CODES[day.weekday()]}"
        case "yearly":
            return str(settled(Rule(YEARLY), day))
        case _:
            return text
