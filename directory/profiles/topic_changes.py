"""Taking a topic out of the tree: what had it gets another one first, drafts included."""

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import ngettext
from wagtail.models import Revision, TaskState

from cms.admin.refusals import Refused
from cms.localization import languages, locales
from directory.profiles.topics import Topic, TopicsField


def fields() -> list[TopicsField]:
    """Of all kinds of pages that have topics, also of those of apps above."""
    return [field for model in apps.get_models() for field in model._meta.local_many_to_many if _is_ours(field)]


def _is_ours(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, TopicsField) and not field.model._meta.proxy


def users_of(topic: Topic) -> int:
    """How many German pages have it, public or not."""
    locale_id = locales.id_of(languages.SOURCE)
    return sum(field.model._default_manager.filter(topics=topic, locale_id=locale_id).count() for field in fields())


@transaction.atomic
def retire(*, topic: Topic, successor: Topic | None) -> None:
    """Deletes ``topic``; pages that have it get ``successor`` in its place. Topics below it become main topics."""
    for field in fields():
        _replace(field, topic, successor)
    topic.delete()


def _replace(field: TopicsField, topic: Topic, successor: Topic | None) -> None:
    rows, name = field.remote_field.through._default_manager, field.m2m_field_name()
    having = list(rows.filter(topic=topic).values_list(f"{name}_id", flat=True))
    if successor is not None:
        there = set(rows.filter(topic=successor).values_list(f"{name}_id", flat=True))
        rows.bulk_create(rows.model(**{f"{name}_id": pk, "topic": successor}) for pk in having if pk not in there)
    rows.filter(topic=topic).delete()
    for revision in _drafts(field.model):
        chosen = revision.content.get(field.name) or []
        if topic.pk in chosen:
            kept = [pk for pk in chosen if pk != topic.pk]
            revision.content[field.name] = sorted({*kept, successor.pk}) if successor else kept
            revision.save(update_fields=["content"])


def _drafts(model: type[models.Model]) -> models.QuerySet[Revision]:
    """What may still become public: the newest of each page, what waits for its day, what waits for a decision."""
    newest = model._default_manager.order_by().values("latest_revision")
    may_come = models.Q(pk__in=newest) | models.Q(approved_go_live_at__isnull=False)
    waiting = models.Q(pk__in=TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision"))
    content = models.Q(content_type__model=model._meta.model_name, content_type__app_label=model._meta.app_label)
    return Revision.objects.filter(content & (may_come | waiting))


def require_unused(instance: Topic, origin: Any = None, **_signal: Any) -> None:
    """For ``pre_delete``. Only where topics are what is deleted: with a Site its own go along."""
    if isinstance(origin, Topic) or (isinstance(origin, models.QuerySet) and origin.model is Topic):
        count = users_of(instance)
        if count:
            raise Refused(
                ngettext(
                    "“%(topic)s” is the topic of %(count)d page. Delete it by itself: you are asked which topic the "
                    "page gets.",
                    "“%(topic)s” is the topic of %(count)d pages. Delete it by itself: you are asked which topic the "
                    "pages get.",
                    count,
                )
                % {"topic": instance.label.plain, "count": count}
            )
