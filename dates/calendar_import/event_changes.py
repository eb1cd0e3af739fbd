"""One event and the date of a followed calendar that it is: begun, followed, brought to the public.

For each date stands what the calendar said last. A field is written only where the event still says the same as the
calendar did then: what a person has changed stays, whatever the calendar says later.
"""

from django.utils import timezone
from wagtail.models import Page

from dates.calendar_import.event_values import NEW, Values, values_in, write
from dates.calendar_import.foreign import Foreign
from dates.calendar_import.models import FollowedCalendar, SourceEvent
from dates.events import adding
from dates.events.event_page import EventPage
from directory.review import moderation
from directory.review.trusted_facts import is_trusted


def begin(calendar: FollowedCalendar, foreign: Foreign, values: Values) -> None:
    """A date that was not there before. Raises ValidationError when no event of ours can be so."""
    event = adding.blank(calendar.organisation)
    write(event, values)
    event.slug = adding.free_slug(event, calendar.organisation)
    event.full_clean(exclude=["path", "depth", "url_path", "content_type", "slug"])
    adding.add(event=event, organisation=calendar.organisation, user=None)
    calendar.sources.create(key=foreign.key, family=foreign.family or foreign.key, event=event, imported=values)
    bring_to_the_public(event, was_public=False)


def follow(source: SourceEvent, values: Values, *, missing: bool = False) -> bool:
    """Writes into the event what the calendar says now, and says whether anything was written."""
    was_taken_back = source.taken_back
    if source.imported == values and (source.missing_since is not None) == missing and not was_taken_back:
        return False
    before = source.imported
    since = (source.missing_since or timezone.now()) if missing else None
    source.imported, source.missing_since, source.taken_back = values, since, False
    source.save()
    if source.event is None:
        return False
    event = Page.objects.select_for_update().get(pk=source.event_id).specific
    draft, was_public = event.get_latest_revision_as_object(), event.live and not event.has_unpublished_changes
    present = values_in(draft)
    changed = {
        name: value
        for name, value in values.items()
        if value != present[name] and present[name] == before.get(name, NEW.get(name))
    }
    if not changed and not was_taken_back:
        return False
    write(draft, changed)
    draft.clean()
    draft.save_revision(log_action=True, clean=False)
    bring_to_the_public(draft, was_public=was_public or was_taken_back)
    return True


def bring_to_the_public(event: EventPage, *, was_public: bool) -> None:
    """At once for whom the city trusts, unless a person is just writing: then, and for all others, after review."""
    event = EventPage.objects.get(pk=event.pk)
    is_new = event.first_published_at is None and event.revisions.count() == 1
    if is_trusted(event) and (was_public or is_new) and event.current_workflow_state is None:
        event.latest_revision.publish()
        return
    try:
        moderation.submit(page=event, user=None)
    except moderation.NotSubmittable:
        return  # it stays a draft, which members see in their list
