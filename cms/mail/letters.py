"""The queue of mails: one row for each recipient, from the act that causes the mail until 30 days after its end."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TRIED_FOR = dt.timedelta(hours=48)
KEPT_FOR = dt.timedelta(days=30)
LATE_AFTER = dt.timedelta(minutes=15)
"""A mail that waits longer than this is worth telling."""


class LetterState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", pgettext_lazy("mail", "sent")
    UNCLEAR = "unclear", _("perhaps sent")
    GIVEN_UP = "given_up", _("given up")
    DROPPED = "dropped", _("not needed any more")


NEED_SOMEBODY = (LetterState.UNCLEAR, LetterState.GIVEN_UP)
UNDER_WAY = (LetterState.WAITING, LetterState.SENDING)


def until_given_up() -> dt.datetime:
    return timezone.now() + TRIED_FOR


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self) -> Self:
        """What may be sent now; what somebody waits for at the screen first."""
        return self.filter(state=LetterState.WAITING, due_at__lte=timezone.now()).order_by("-is_urgent", "due_at", "pk")

    def late(self) -> Self:
        """Still waiting, long after it could have been sent."""
        return self.filter(state__in=UNDER_WAY, due_at__lt=timezone.now() - LATE_AFTER)

    def troubled(self) -> Self:
        """What a person has to look at."""
        return self.filter(state__in=NEED_SOMEBODY)

    def given_up(self) -> Self:
        return self.filter(state=LetterState.GIVEN_UP)

    def hopeless(self) -> Self:
        """Tried for as long as was promised."""
        return self.filter(state=LetterState.WAITING, give_up_at__lt=timezone.now(), tried_at__isnull=False)

    def over(self) -> Self:
        """Finished so long ago that the address is no longer needed."""
        return self.exclude(state__in=UNDER_WAY).filter(finished_at__lt=timezone.now() - KEPT_FOR)


class Letter(models.Model):
    """One mail to one recipient.

    ``writer`` makes the mail from ``values`` when it is sent: secrets of links are in no row. ``key`` says what it is
    about and to whom, as a keyed hash: of one key only one letter waits. ``content`` is the hash of what it tells.
    """

    key = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    writer = models.CharField(max_length=60)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    to = models.CharField(_("to"), max_length=320)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    message_id = models.CharField(max_length=320)
    is_urgent = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("caused by")
    )
    state = models.CharField(_("state"), max_length=10, choices=LetterState.choices, default=LetterState.WAITING)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(_("next try"), default=timezone.now)
    give_up_at = models.DateTimeField(default=until_given_up)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    tried_at = models.DateTimeField(_("last try"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    claimed_by = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="letter_state_due"),
            models.Index(fields=["key", "state"], name="letter_key_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(state="waiting"), name="letter_one_waiting_each"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} ({self.kind})"

    @property
    def kind(self) -> str:
        """What it is, for operators: the name of its template or of its writer."""
        return str(self.values.get("template") or self.writer)

    @property
    def host(self) -> str:
        """Of the site that it is about."""
        return self.message_id.strip("<>").rpartition("@")[2]


def new_message_id(host: str) -> str:
    """The same on every attempt, so that a server that has the mail already may know it again."""
    return f"<{uuid.uuid4().hex}@{host}>"


class MailServer(models.Model):
    """How the mail server has answered: one row that all processes share. While it rests nobody asks it."""

    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"failing since {self.failing_since}: {self.last_error}" if self.failures else "answers"

    @classmethod
    def current(cls) -> "MailServer":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def is_resting(self) -> bool:
        return self.rests_until is not None and self.rests_until > timezone.now()

    def has_failed(self, error: str) -> None:
        """Asked again after 1, 2, 4, 8 minutes, then every 10."""
        now = timezone.now()
        self.failures += 1
        self.failing_since = self.failing_since or now
        self.rests_until = now + dt.timedelta(minutes=min(2 ** (self.failures - 1), 10))
        self.last_error = error[:300]
        self.save()

    def has_answered(self) -> None:
        if self.failures:
            type(self).objects.filter(pk=1).delete()
            self.failures, self.failing_since, self.rests_until = 0, None, None


def counts(letters: LetterQuerySet) -> dict[str, int]:
    """How many wait, are late, were given up or are unclear: for the report, the command and the first page."""
    groups = {
        "waiting": letters.filter(state__in=UNDER_WAY),
        "late": letters.late(),
        "unclear": letters.filter(state=LetterState.UNCLEAR),
        "given_up": letters.given_up(),
    }
    counted = {name: Count("pk", filter=Q(pk__in=group.order_by().values("pk"))) for name, group in groups.items()}
    return letters.order_by().aggregate(**counted)
