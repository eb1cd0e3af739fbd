"""Cancelling: of an event as a whole, or of one day of an event that repeats. What is cancelled stays on the site."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms import formats
from dates import recurrence
from dates.event import EventPage
from dates.event_exception import EventException
from directory import moderation


class NoSuchDate(Exception):
    """Says in a sentence that the event does not take place on that day."""


@transaction.atomic
def cancel(*, event: EventPage, user: Any, day: dt.date | None = None) -> bool:
    """Cancels ``event``, or its date on ``day``; returns whether visitors see it already.

    They do when the city trusts the organisation; else it goes to the review. Repeating it is harmless.
    Raises NoSuchDate, and NotSubmittable as ``moderation.submit`` does.
    """
    draft = Page.objects.select_for_update().get(pk=event.pk).get_latest_revision_as_object()
    if day is None:
        draft.is_cancelled = True
    else:
        _cancel_day(draft, day)
    draft.save_revision(user=user, log_action=True, clean=False)
    if not event.live:
        return False
    if moderation.publish_trusted_facts(page=event, user=user, fields=("is_cancelled", "exceptions", "additions")):
        return True
    moderation.submit(page=event, user=user)
    return False


def _cancel_day(draft: EventPage, day: dt.date) -> None:
    """The date that the rule gives on ``day``, else those that were added on it."""
    if draft.recurrence and recurrence.start_on(draft, day) is not None:
        others = [change for change in draft.exceptions.all() if change.original_date != day]
        draft.exceptions = [*others, EventException(original_date=day, is_cancelled=True)]
        return
    additions = list(draft.additions.all())
    added = [each for each in additions if formats.local(each.start).date() == day]
    if not added:
        raise NoSuchDate(_("The event does not take place on that day."))
    for each in added:
        each.is_cancelled = True
    draft.additions = additions
