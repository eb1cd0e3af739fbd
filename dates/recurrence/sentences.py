"""A rule and what it leaves out, said in the reader's language.

Whole patterns only, with names standing alone behind a colon: no pattern needs a name in another case or gender.
"""

from django.utils.translation import gettext, ngettext

from cms.localization import formats
from dates.recurrence import rule as rules
from dates.recurrence.nth_weekdays import name_of as nth_weekday
from dates.recurrence.recurring import Recurring, breaks_of
from dates.recurrence.rule import Rule
from dates.recurrence.starts import wall


def rule(event: Recurring) -> str:
    """ "Every 2 weeks: Tuesday and Thursday"; "" of what takes place once."""
    said = rules.read(event.recurrence)
    if said is None or not event.start:
        return ""
    sentence = _WAYS[said.frequency](said, event)
    if not said.count:
        return sentence
    times = ngettext("%(rule)s, %(count)s date in all", "%(rule)s, %(count)s dates in all", said.count)
    return times % {"rule": sentence, "count": said.count}


def left_out(event: Recurring) -> list[str]:
    """What the rule leaves out, a sentence each."""
    if not event.recurrence:
        return []
    found = [gettext("Not on public holidays")] if event.skips_public_holidays else []
    if event.skips_school_holidays:
        found.append(gettext("Not in the school holidays"))
    ranges = [formats.date_range(each.first_day, each.last_day) for each in breaks_of(event)]
    return [*found, *(gettext("Not on these days: %(days)s") % {"days": days} for days in ranges)]


def _daily(said: Rule, _event: Recurring) -> str:
    if said.interval == 1:
        return gettext("Every day")
    return ngettext("Every %(count)s day", "Every %(count)s days", said.interval) % {"count": said.interval}


def _weekly(said: Rule, event: Recurring) -> str:
    weekdays = said.weekdays or (wall(event.start).weekday(),)
    days = formats.list_of(formats.weekday_name(number + 1) for number in weekdays)
    if said.interval == 1:
        return gettext("Every week: %(days)s") % {"days": days}
    pattern = ngettext("Every %(count)s week: %(days)s", "Every %(count)s weeks: %(days)s", said.interval)
    return pattern % {"count": said.interval, "days": days}


def _monthly(said: Rule, event: Recurring) -> str:
    days = _days_of_month(said, event)
    if said.interval == 1:
        return gettext("Every month: %(days)s") % {"days": days}
    pattern = ngettext("Every %(count)s month: %(days)s", "Every %(count)s months: %(days)s", said.interval)
    return pattern % {"count": said.interval, "days": days}


def _days_of_month(said: Rule, event: Recurring) -> str:
    if said.nths:
        return formats.list_of(nth_weekday(nth, said.weekdays[0]) for nth in said.nths)
    if said.month_day == rules.LAST:
        return gettext("last day of the month")
    return gettext("day %(number)s of the month") % {"number": said.month_day or wall(event.start).day}


def _yearly(said: Rule, event: Recurring) -> str:
    start = wall(event.start)
    month, day = said.month or start.month, said.month_day or start.day
    days = gettext("last day of February") if day == rules.LAST else formats.day_month(day, month)
    if said.interval == 1:
        return gettext("Every year: %(days)s") % {"days": days}
    pattern = ngettext("Every %(count)s year: %(days)s", "Every %(count)s years: %(days)s", said.interval)
    return pattern % {"count": said.interval, "days": days}


_WAYS = {rules.DAILY: _daily, rules.WEEKLY: _weekly, rules.MONTHLY: _monthly, rules.YEARLY: _yearly}
