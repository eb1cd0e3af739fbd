"""Publishes and takes off what is due, each thing for itself: by its own transaction, by one clock, until it succeeds.

Wagtail's own command stops at the first thing that fails, after it has cleared the time at which it should go live.
Here a schedule is cleared by success only, so what is mended goes live late, and what nobody could publish is told.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from cms.jobs import schedule_failures
from cms.jobs.outage import in_one_line
from cms.jobs.schedule_failures import ScheduledAct, ScheduleFailure

logger = logging.getLogger(__name__)

Key = tuple[str, int, str]


@dataclass(frozen=True)
class Due:
    """One thing whose time has come: a page or snippet to take off, or a revision of one to publish."""

    act: ScheduledAct
    model: Any
    object_id: str
    at: dt.datetime
    revision_id: int | None = None

    @property
    def key(self) -> Key:
        """That of its failure."""
        content_type = schedule_failures.content_type_of(self.model)
        return (self.act, content_type.pk, self.object_id)

    @property
    def still(self) -> "QuerySet[Any]":
        """The row that says so, as long as nobody has done it."""
        now = timezone.now()
        if self.act == ScheduledAct.PUBLISH:
            return Revision.objects.filter(pk=self.revision_id, approved_go_live_at__lt=now)
        rows: QuerySet[Any] = self.model._base_manager.filter(pk=self.object_id, live=True, expire_at__lt=now)
        return rows


def due() -> Iterator[Due]:
    """Everything whose time has come, what expires first, the oldest first."""
    now = timezone.now()
    others = (
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    )
    for model in (Page, *others):
        rows = model._base_manager.filter(live=True, expire_at__lt=now).order_by("expire_at", "pk")
        for pk, at in rows.values_list("pk", "expire_at"):
            yield Due(ScheduledAct.EXPIRE, model, str(pk), at)
    revisions = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk")
    for revision in revisions.select_related("base_content_type").only(
        "pk", "object_id", "approved_go_live_at", "base_content_type"
    ):
        model = revision.base_content_type.model_class()
        if model is not None:
            yield Due(ScheduledAct.PUBLISH, model, revision.object_id, revision.approved_go_live_at, revision.pk)


def do_what_is_due() -> None:
    """Safe to be called by several clocks at once, and as often as one likes."""
    waiting = list(due())
    failures = {(each.act, each.content_type_id, each.object_id): each for each in ScheduleFailure.objects.all()}
    for each in waiting:
        failure = failures.pop(each.key, None)
        if failure is None or failure.try_at <= timezone.now() or failure.revision_id != each.revision_id:
            do(each)
    for settled in failures.values():  # given up, mended by hand, or set for later
        settled.delete()


def try_again(failure: ScheduleFailure) -> bool:
    """At once, because somebody has asked; whether it is done now, or no longer wanted."""
    for each in due():
        if each.key == (failure.act, failure.content_type_id, failure.object_id):
            return do(each)
    failure.delete()
    return True


def do(each: Due) -> bool:
    """Publishes or takes off one thing; whether that is done now, by whomever. What goes wrong is kept and told."""
    try:
        with transaction.atomic():
            if not _claim(each.still):
                return not each.still.exists()
            if each.act == ScheduledAct.PUBLISH:
                _publish(each)
            else:
                _take_off(each)
            act, content_type_id, object_id = each.key
            ScheduleFailure.objects.filter(act=act, content_type_id=content_type_id, object_id=object_id).delete()
    except (OperationalError, InterfaceError) as error:  # the database is away: the next minute will do
        logger.warning("%s of %s was interrupted: %s", each.act, each.object_id, in_one_line(error))
        return False
    except Exception as error:  # noqa: BLE001 (logged and told there)
        what = {"act": each.act, "model": each.model, "object_id": each.object_id, "revision_id": each.revision_id}
        schedule_failures.note(**what, due_at=each.at, error=error)
        return False
    return True


def _claim(rows: "QuerySet[Any]") -> bool:
    """Whether this transaction is the one that does it; another clock passes it over, or waits and finds it done."""
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True, of=("self",)).first() is not None
    field = "approved_go_live_at" if rows.model is Revision else "expire_at"
    return bool(rows.update(**{field: F(field)}))  # SQLite has one writer at a time, and this makes us the one


def _publish(each: Due) -> None:
    Revision.objects.get(pk=each.revision_id).publish(log_action="wagtail.publish.scheduled")


def _take_off(each: Due) -> None:
    """As Wagtail does it, but for versions that are to go live later: they still do."""
    thing = each.model._base_manager.get(pk=each.object_id)
    scheduled = dict(thing.revisions.exclude(approved_go_live_at=None).values_list("pk", "approved_go_live_at"))
    thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for pk, at in scheduled.items():
        Revision.objects.filter(pk=pk).update(approved_go_live_at=at)
