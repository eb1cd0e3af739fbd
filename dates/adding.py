"""New events of an organisation: written anew, or copied from one that is there. Nothing is public before approval."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import Page

from cms import drafts, formats, slugs
from dates import recurrence
from dates.event import EventPage
from dates.sessions import start_of_today
from directory.organisation import OrganisationPage

NO_LATIN_LETTERS = "termin"
LONGEST_SLUG = 60
OF_ONE_EVENT = ("exceptions", "breaks", "additions", "is_example")


def blank(organisation: OrganisationPage, key: UUID | None = None) -> EventPage:
    """An event of ``organisation`` that nobody has saved; ``key`` becomes its translation key unless it is taken."""
    event = EventPage(organiser=organisation, locale_id=organisation.locale_id, live=False, start=None)
    if key is not None and not Page.objects.filter(translation_key=key).exists():
        event.translation_key = key
    return event


@transaction.atomic
def add(*, event: EventPage, organisation: OrganisationPage, user: Any) -> EventPage:
    """Puts a ``blank`` event that was filled in below its organisation, as a draft."""
    event.owner = user
    event.slug = free_slug(event, organisation)
    Page.objects.select_for_update().get(pk=organisation.pk).add_child(instance=event)
    event.save_revision(user=user, log_action="wagtail.create", clean=False)
    return event


@transaction.atomic
def copy(*, event: EventPage, organisation: OrganisationPage, user: Any) -> EventPage:
    """A draft with all that the newest version of ``event`` says, on the same weekday of the next week ahead."""
    draft = drafts.draft_of(event)
    weeks = max(1, -((draft.start - start_of_today()) // dt.timedelta(days=7)))
    later = dt.timedelta(weeks=weeks)
    start = formats.local(draft.start) + later
    dates = {
        "start": start,
        "end": formats.local(draft.end) + later if draft.end else None,
        "recurrence": recurrence.carried(draft.recurrence, formats.local(draft.start).date(), start.date()),
        "recurrence_until": None,
        "is_cancelled": False,
    }
    made: EventPage = draft.copy(
        update_attrs={**dates, "slug": free_slug(draft, organisation), "organiser": organisation},
        exclude_fields=list(OF_ONE_EVENT),
        keep_live=False,
        copy_revisions=False,
        user=user,
    )
    return made


def free_slug(event: EventPage, organisation: OrganisationPage) -> str:
    """Of the title's Latin letters, which every keyboard has."""
    base = slugs.of(event.title)[:LONGEST_SLUG].strip("-") or NO_LATIN_LETTERS
    slug, number = base, 1
    taken = set(organisation.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
