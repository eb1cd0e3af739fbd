"""New events of an organisation: written anew, or copied from one that is there. Nothing is public before approval."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import Page

from cms.localization import formats
from cms.pages import drafts, slugs
from dates import recurrence
from dates.council.sessions import start_of_today
from dates.events.event_page import EventPage
from directory.profiles.organisation import OrganisationPage

NO_LATIN_LETTERS = "termin"
LONGEST_SLUG = 60
OF_ONE_EVENT = ("exceptions", "breaks", "additions", "is_example")


def blank(organisation: OrganisationPage, key: UUID | None = None) -> EventPage:
    """An event of ``organisation`` that nobody has saved; ``key`` becomes its translation key unless it is taken
    elsewhere: ``add`` finds the one of its own that has it already.
    """
    event = EventPage(organiser=organisation, locale_id=organisation.locale_id, live=False, start=None)
    if key is not None and not _elsewhere(organisation).filter(translation_key=key).exists():
        event.translation_key = key
    return event


def _elsewhere(organisation: OrganisationPage) -> Any:
    return Page.objects.not_descendant_of(organisation)


@transaction.atomic
def add(*, event: EventPage, organisation: OrganisationPage, user: Any) -> EventPage:
    """Puts a ``blank`` event that was filled in below its organisation, as a draft.

    The one that is there when two send the same form at once: they are taken one after the other.
    """
    parent = Page.objects.select_for_update().get(pk=organisation.pk)
    made = EventPage.objects.child_of(parent).filter(translation_key=event.translation_key).first()
    if made is not None:
        return made
    event.owner = user
    event.slug = free_slug(event, organisation)
    parent.add_child(instance=event)
    event.save_revision(user=user, log_action="wagtail.create", clean=False)
    return event


@transaction.atomic
def copy(*, event: EventPage, organisation: OrganisationPage, user: Any) -> EventPage:
    """A draft with all that the newest version of ``event`` says, on the same weekday of the next week ahead."""
    Page.objects.select_for_update().get(pk=organisation.pk)  # two copies at once want the same address
    draft = drafts.draft_of(event)
    dates = {
        **(_ahead(draft) if draft.start else {}),
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


def _ahead(draft: EventPage) -> dict[str, Any]:
    """When it takes place next on the same weekday, so many weeks later that this is ahead."""
    later = dt.timedelta(weeks=max(1, -((draft.start - start_of_today()) // dt.timedelta(days=7))))
    first = formats.local(draft.start)
    return {
        "start": first + later,
        "end": formats.local(draft.end) + later if draft.end else None,
        "recurrence": recurrence.carried(draft.recurrence, first.date(), (first + later).date()),
    }


def free_slug(event: EventPage, organisation: OrganisationPage) -> str:
    """Of the title's Latin letters, which every keyboard has."""
    base = slugs.of(event.title)[:LONGEST_SLUG].strip("-") or NO_LATIN_LETTERS
    slug, number = base, 1
    below = Page.objects.child_of(organisation)  # by its path: a row read earlier may not know yet of its children
    taken = set(below.filter(slug__startswith=base).values_list("slug", flat=True))
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
