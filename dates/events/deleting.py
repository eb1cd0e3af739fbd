"""Deleting an event that was never public: into the bin, from which the press office brings it back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page

from cms.bin import pages
from cms.bin.models import BinEntry
from dates import permissions
from dates.events.event_page import EventPage
from directory.review import moderation


@transaction.atomic
def delete_draft(*, event: EventPage, user: Any) -> BinEntry:
    """Takes back what waits for review and puts ``event`` into the bin. Raises PermissionDenied and Refused."""
    found = moderation.locked(event)
    if not permissions.may_delete_draft(user, found):
        raise PermissionDenied
    moderation.withdraw(page=found, user=user)
    return pages.put(page=Page.objects.get(pk=found.pk), user=user)


def was_deleted(*, key: Any, user: Any) -> bool:
    """Whether ``user`` has put the event with that translation key into the bin: a button that is pressed twice."""
    return bool(BinEntry.objects.filter(page__translation_key=key, deleted_by=user).exists())
