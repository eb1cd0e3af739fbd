"""What the times of an event must agree on, as errors beside the fields."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms import formats
from cms.localization.accepted_dates import is_accepted
from dates import recurrence
from dates.recurring import Change, Recurring


def check(event: Recurring) -> None:
    """Raises ``ValidationError`` with a sentence for each field that does not go with the others."""
    faults: dict[str, str] = {}
    if not event.start or not is_accepted(event.start, event.end, event.recurrence_until):
        return  # which the field itself complains about
    start = formats.local(event.start)
    if event.end and (event.end < event.start if event.all_day else event.end <= event.start):
        faults["end"] = _("The end must be after the start. Check the date and time.")
    if event.recurrence_until and not event.recurrence:
        faults["recurrence_until"] = _("Choose how the event repeats, or leave the last day empty.")
    elif event.recurrence_until and event.recurrence_until < start.date():
        faults["recurrence_until"] = _("The last day must not be before the first. Check both dates.")
    elif event.recurrence_until and event.recurrence_until - start.date() > recurrence.LONGEST_SPAN:
        faults["recurrence_until"] = _("The last day may be ten years after the first at most.")
    elif event.recurrence == recurrence.WEEKLY_RULE and event.end and event.end - event.start > dt.timedelta(days=7):
        faults["end"] = _("A weekly event cannot take longer than a week. Check the end.")
    if faults:
        raise ValidationError(faults)


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
    if change.new_start and change.new_end and change.new_end <= change.new_start:
        return {"new_end": _("The end must be after the start. Check the date and time.")}
    return {}
