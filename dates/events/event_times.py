"""What the times of an event must agree on, as errors beside the fields."""

import datetime as dt
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.localization import formats
from cms.localization.accepted_dates import is_accepted
from dates import recurrence
from dates.events.exceptions import order_fault
from dates.recurrence.recurring import Change, Recurring


def fill_in(event: Recurring) -> None:
    """Whole days begin at midnight, and the rule is written as briefly as its start allows."""
    if event.all_day and event.start:
        event.start = _midnight(event.start)
        event.end = _midnight(event.end) if event.end and _midnight(event.end) != event.start else None
    if event.start and (rule := recurrence.read(event.recurrence)):
        event.recurrence = str(recurrence.settled(rule, formats.local(event.start).date()))


def _midnight(moment: dt.datetime) -> dt.datetime:
    return formats.local(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def check(event: Recurring) -> None:
    """Raises ``ValidationError`` with a sentence for each field that does not go with the others."""
    faults: dict[str, str] = {}
    if not event.start or not is_accepted(event.start, event.end, event.recurrence_until):
        return  # which the field itself complains about
    start = formats.local(event.start)
    if event.end and (event.end < event.start if event.all_day else event.end <= event.start):
        faults["end"] = _("The end must be after the start. Check the date and time.")
    faults |= _faults_of_last_day(event, start.date())
    if event.recurrence and not faults:
        faults |= _faults_of_rule(event, start.date())
    if faults:
        raise ValidationError(faults)


def _faults_of_last_day(event: Recurring, first: dt.date) -> dict[str, str]:
    last = event.recurrence_until
    if last is None:
        return {}
    if not event.recurrence:
        return {"recurrence_until": _("Choose how the event repeats, or leave the last day empty.")}
    if last < first:
        return {"recurrence_until": _("The last day must not be before the first. Check both dates.")}
    if last - first > recurrence.LONGEST_SPAN:
        return {"recurrence_until": _("The last day may be ten years after the first at most.")}
    return {}


def _faults_of_rule(event: Recurring, first: dt.date) -> dict[str, str]:
    rule = recurrence.read(event.recurrence)
    if rule is None:
        return {"recurrence": _("Choose how the event repeats.")}
    by_rule = recurrence.first_by_rule(event)
    if by_rule != first:
        day = formats.full_date(by_rule) if by_rule else ""
        sentence = _("By this rule the first date would be %(day)s. Enter it as the start, or change the rule.")
        return {"recurrence": sentence % {"day": day} if by_rule else _("There is no such day. Check the rule.")}
    if rule.count and event.recurrence_until:
        return {"recurrence_until": _("Choose either a last day or a number of dates.")}
    if not recurrence.coming(event, event.start, 1):
        return {"recurrence": _("All its dates are left out. Check what is left out.")}
    if rule.count and not recurrence.reaches_its_count(event):
        return {"recurrence": _("So many dates take more than ten years. Choose fewer.")}
    if _takes_longer_than_a_turn(event):
        return {"end": _("It would still go on when it begins again. Check the end.")}
    return {}


def _takes_longer_than_a_turn(event: Recurring) -> bool:
    """Of whole days the end is the beginning of the last one."""
    end = event.end or event.start
    length = formats.local(end) - formats.local(event.start) + dt.timedelta(days=1 if event.all_day else 0)
    turns = pairwise(recurrence.coming(event, event.start, 8)) if length > dt.timedelta(days=1) else ()
    return any(after.original_start - before.original_start < length for before, after in turns)


def fault_of(event: Recurring, change: Change) -> dict[str, str]:
    """What is wrong with an exception of ``event``, by field; empty when nothing is."""
    if not is_accepted(change.original_date, change.new_start, change.new_end):
        return {}  # which the fields themselves complain about
    if not event.recurrence:
        return {"original_date": _("Only an event that repeats can have exceptions. Change its start or cancel it.")}
    if recurrence.start_on(event, change.original_date) is None:
        day = formats.full_date(change.original_date)
        return {"original_date": _("The event does not take place on %(day)s. Check the day.") % {"day": day}}
    if change.is_cancelled and (change.new_start or change.new_end):
        return {"is_cancelled": _("Either cancelled or at another time: please choose one.")}
    if not change.is_cancelled and not change.new_start:
        return {"new_start": _("Enter the new start, or mark this day as cancelled.")}
    fault = order_fault(change.new_start, change.new_end)
    return {"new_end": fault} if fault else {}


def is_moved_series(event: Recurring, today: dt.datetime) -> bool:
    """Whether the whole of a series was moved, and the date that stood next is not over yet."""
    return bool(event.recurrence and event.moved_from and event.moved_from >= today)
