"""What a page in the bin must not do: be public, be found, be published by the clock or by a review.

How it was before is kept as JSON and holds again afterwards; nothing is public then that was not before.
"""

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Page, PageQuerySet, Revision, TaskState, WorkflowState
from wagtail.search import index
from wagtail.search.models import IndexEntry

from cms.bin import tree


def begin(pages: PageQuerySet) -> dict[str, Any]:
    """Takes ``pages`` off the site, out of the search, out of every review and schedule; says how it was."""
    rows = list(pages.values_list("pk", "live"))
    numbers = [str(pk) for pk, _live in rows]
    live = [pk for pk, is_live in rows if is_live]
    _take_out_of_search(pages)
    pages.filter(live=True).update(live=False)
    due = Revision.objects.filter(
        base_content_type__app_label="wagtailcore", base_content_type__model="page", object_id__in=numbers
    ).exclude(approved_go_live_at=None)
    scheduled = {str(pk): at.isoformat() for pk, at in due.values_list("pk", "approved_go_live_at")}
    due.update(approved_go_live_at=None)
    reviews = WorkflowState.objects.active().filter(base_content_type__model="page", object_id__in=numbers)
    states = dict(reviews.values_list("pk", "status"))
    tasks = TaskState.objects.filter(workflow_state__in=list(states), status=TaskState.STATUS_IN_PROGRESS)
    running = list(tasks.values_list("pk", flat=True))
    TaskState.objects.filter(pk__in=running).update(status=TaskState.STATUS_CANCELLED)
    WorkflowState.objects.filter(pk__in=list(states)).update(status=WorkflowState.STATUS_CANCELLED)
    reviews_kept = {str(pk): status for pk, status in states.items()}
    return {"live": live, "scheduled": scheduled, "reviews": reviews_kept, "tasks": running}


def _take_out_of_search(pages: PageQuerySet) -> None:
    """All at once, where ``index.remove_object`` asks for each page, and with it for each of a section."""
    for kind in pages.order_by().values_list("content_type", flat=True).distinct():
        numbers = pages.filter(content_type=kind).order_by().annotate(text=Cast("pk", CharField())).values("text")
        IndexEntry.objects.filter(content_type=kind, object_id__in=numbers)._raw_delete(using=connection.alias)


def end(kept: dict[str, Any], private: bool, notes: list[str]) -> None:
    """Public again what was, in review what was; what should have begun or ended meanwhile stays a draft."""
    now = timezone.now()
    pages = Page.objects.filter(tree.OUTSIDE, pk__in=kept["live"])
    if not private:
        ended = pages.filter(expire_at__lte=now)
        if ended.update(expired=True):
            notes.append(_("Its time on the site has ended meanwhile. It is not public."))
        pages.exclude(expire_at__lte=now).update(live=True)
        late = False
        for number, at in kept["scheduled"].items():
            moment: dt.datetime | None = parse_datetime(at)
            if moment is not None and moment > now:
                Revision.objects.filter(pk=number).update(approved_go_live_at=moment)
            else:
                late = True
        if late:
            notes.append(_("It should have been published meanwhile. It is a draft now: look at it and publish it."))
        for number, status in kept["reviews"].items():
            WorkflowState.objects.filter(pk=number).update(status=status)
        TaskState.objects.filter(pk__in=kept["tasks"]).update(status=TaskState.STATUS_IN_PROGRESS)
    for place in kept["tops"]:
        top = Page.objects.filter(tree.OUTSIDE, pk=place["page"]).first()
        for page in top.get_descendants(inclusive=True).specific() if top else ():
            index.insert_or_update_object(page)
