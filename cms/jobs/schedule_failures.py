"""What was due and could not be published or taken off: kept until it succeeds or nobody wants it any more."""

import datetime as dt
import logging
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import registry
from wagtail.models import Page, Revision

from cms import mail
from cms.accounts import User
from cms.localization import formats, languages
from cms.routing import absolute_urls

PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15))
"""Before each next attempt; what is mended goes live within a quarter of an hour."""

logger = logging.getLogger(__name__)


class ScheduledAct(models.TextChoices):
    PUBLISH = "publish"
    EXPIRE = "expire"


TEMPLATES = {ScheduledAct.PUBLISH: "cms/mail/not_published", ScheduledAct.EXPIRE: "cms/mail/not_expired"}


class ScheduleFailure(models.Model):
    """One thing that was due, since when it fails, and why, in every language."""

    act = models.CharField(max_length=10, choices=ScheduledAct.choices)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, null=True, related_name="+")
    due_at = models.DateTimeField()
    failed_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    try_at = models.DateTimeField(default=timezone.now)
    reasons = models.JSONField(default=dict)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "content_type", "object_id"], name="schedule_failure_once"),
        ]
        ordering = ["due_at", "pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.content_type_id}/{self.object_id}"

    @property
    def thing(self) -> Any:
        """The page or snippet itself; None when it is gone."""
        model: Any = self.content_type.model_class()
        found = model._base_manager.filter(pk=self.object_id).first() if model else None
        return found.specific if isinstance(found, Page) else found

    @property
    def title(self) -> str:
        return self.revision.object_str if self.revision else str(self.thing or "")

    @property
    def sentences(self) -> list[str]:
        """Why, in the language of whoever reads."""
        reasons: dict[str, list[str]] = self.reasons
        return reasons.get(languages.active().code) or reasons.get(languages.SOURCE) or []

    @property
    def edit_path(self) -> str:
        thing = self.thing
        return (AdminURLFinder().get_edit_url(thing) or "") if thing is not None else ""


def note(
    *, act: ScheduledAct, model: Any, object_id: str, revision_id: int | None, due_at: dt.datetime, error: Exception
) -> None:
    """Keeps that it failed and when to try again; tells whoever has set the time, once."""
    key = {"act": act, "content_type": content_type_of(model), "object_id": object_id}
    with transaction.atomic():
        failure, _is_new = ScheduleFailure.objects.get_or_create(**key, defaults={"due_at": due_at})
        if failure.revision_id != revision_id or failure.due_at != due_at:
            failure.attempts, failure.told_at, failure.failed_at = 0, None, timezone.now()  # set anew, fails anew
        failure.revision_id, failure.due_at, failure.reasons = revision_id, due_at, reasons_of(error)
        failure.try_at = timezone.now() + PAUSES[min(failure.attempts, len(PAUSES) - 1)]
        failure.attempts += 1
        failure.save()
        first = ScheduleFailure.objects.filter(pk=failure.pk, told_at=None).update(told_at=timezone.now())
        person = whom_to_tell(failure) if first else None
        if person is not None:
            _tell(person, failure)
    if first:
        what = f"{failure.content_type.model} {failure.object_id}, due at {failure.due_at:%Y-%m-%d %H:%M %Z}"
        if isinstance(error, ValidationError):
            logger.warning("%s of %s, is refused: %s", act, what, " ".join(error.messages))
        else:
            logger.error("%s of %s, failed", act, what, exc_info=error)


def content_type_of(model: Any) -> ContentType:
    return ContentType.objects.get_for_model(model)


def whom_to_tell(failure: ScheduleFailure) -> User | None:
    """Who has set the time: by the log, else who wrote the version; None when they may not enter the admin any more."""
    thing = failure.thing
    entries = registry.get_logs_for_instance(thing).exclude(user=None).order_by("-timestamp", "-pk")
    if failure.act == ScheduledAct.PUBLISH:
        entry = entries.filter(action="wagtail.publish.schedule", revision=failure.revision).first()
        revision = failure.revision
    else:
        entry = entries.filter(action__in=("wagtail.publish", "wagtail.publish.scheduled")).first()
        revision = thing.live_revision
    number = entry.user_id if entry else revision.user_id if revision else None
    person = User.objects.filter(pk=number or 0).first()
    return person if person and person.is_active and person.has_perm("wagtailadmin.access_admin") else None


def _tell(person: User, failure: ScheduleFailure) -> None:
    mail.post(
        template=TEMPLATES[ScheduledAct(failure.act)],
        to=person.email,
        preferred=person.admin_language,
        context={
            "title": failure.title,
            "moments": {
                language.code: formats.date_and_time(failure.due_at, language=language)
                for language in languages.LANGUAGES
            },
            "reasons": failure.reasons,
            "link": absolute_urls.whole(failure.edit_path),
        },
    )


def reasons_of(error: Exception) -> dict[str, list[str]]:
    """The sentences of ``error`` in every language: who reads them is not known yet."""
    found = {}
    for language in languages.LANGUAGES:
        with translation.override(language.code):
            found[language.code] = sentences_of(error)
    return found


def sentences_of(error: Exception) -> list[str]:
    if isinstance(error, ValidationError):
        return [str(message) for message in error.messages]
    return [gettext("An unexpected error. Whoever runs this site finds it in the log.")]
