"""Which calendar an organisation has elsewhere, and what of it stands here as an event."""

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.outbound import OutboundError, host_of
from dates.calendar_import import own
from dates.calendar_import.outcomes import SENTENCES, Outcome, sentence_of
from directory.models import OrganisationPage

SCHEME = re.compile(r"^(webcals?://|(?!\w+:))", re.IGNORECASE)
"""What calendar programs write before an address, or nothing."""


class WhenGone(models.TextChoices):
    CANCEL = "cancel", _("Show it as cancelled")
    TAKE_BACK = "take_back", _("Take it off the site")


class FollowedCalendar(models.Model):
    """The address of an organisation's calendar (RFC 5545), and how the last look at it went."""

    organisation = models.OneToOneField(
        OrganisationPage, models.CASCADE, related_name="followed_calendar", verbose_name=_("organisation")
    )
    url = models.CharField(
        _("address of the calendar"),
        max_length=500,
        help_text=_("It begins with https:// and often ends with .ics. Your calendar program shows it under “Share”."),
    )
    when_gone = models.CharField(
        _("When a date is no longer in your calendar"),
        max_length=12,
        choices=WhenGone.choices,
        default=WhenGone.CANCEL,
        help_text=_("Who has noted the date learns of it only if it is shown as cancelled."),
    )
    is_active = models.BooleanField(_("is followed"), default=True)
    next_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    looked_at = models.DateTimeField(_("last look"), null=True, editable=False)
    outcome = models.CharField(
        _("result"), max_length=12, choices=Outcome.choices, blank=True, default="", editable=False
    )
    counts = models.JSONField(default=dict, editable=False)
    told = models.CharField(max_length=12, blank=True, default="", editable=False)
    """The failure of which members have been told by mail."""
    etag = models.CharField(max_length=255, blank=True, editable=False)
    read_on = models.DateField(null=True, editable=False)
    """The last day on which it was read as a whole: what comes nearer than a year is new, though the file is not."""
    modified = models.CharField(max_length=100, blank=True, editable=False)

    panels = [FieldPanel("organisation"), FieldPanel("url"), FieldPanel("when_gone"), FieldPanel("is_active")]

    class Meta:
        verbose_name = _("followed calendar")
        verbose_name_plural = _("followed calendars")
        ordering = ["organisation__title"]

    def __str__(self) -> str:
        return self.organisation.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Another address, or one that is followed again, is looked at within a minute and read as a whole."""
        before = FollowedCalendar.objects.filter(pk=self.pk).first()
        if before is not None and (before.url, before.is_active) != (self.url, self.is_active):
            self.next_at, self.read_on, self.outcome = timezone.now(), None, ""
        elif before is not None and before.when_gone != self.when_gone:
            self.next_at, self.read_on = timezone.now(), None
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.url = SCHEME.sub("https://", self.url.strip())
        try:
            host = host_of(self.url)
        except OutboundError as error:
            raise ValidationError({"url": error.sentence}) from error
        if own.is_own_host(host):
            raise ValidationError({"url": str(SENTENCES[Outcome.OWN])})

    @property
    def cancels_what_is_gone(self) -> bool:
        return self.when_gone == WhenGone.CANCEL

    @property
    def sentence(self) -> str:
        """How the last look went, in the reader's language; "" before the first."""
        return sentence_of(self.outcome, self.counts) if self.outcome else ""

    @property
    def failed(self) -> bool:
        return self.outcome not in ("", Outcome.TAKEN)


class SourceEvent(models.Model):
    """A date of a followed calendar as it stood there last; only the reader of calendars writes it.

    ``event`` is empty when a person has deleted it here: it is not made again.
    """

    calendar = models.ForeignKey(FollowedCalendar, models.CASCADE, related_name="sources")
    family = models.CharField(max_length=64, blank=True, default="")
    """What the source calls one event; its parts share it."""
    key = models.CharField(max_length=64)
    event = models.ForeignKey("dates.EventPage", models.SET_NULL, null=True, blank=True, related_name="+")
    imported = models.JSONField(default=dict)
    missing_since = models.DateTimeField(null=True, blank=True)
    taken_back = models.BooleanField(default=False)
    """Taken off the site because it was gone: when it is back, its event is as well."""

    class Meta:
        verbose_name = _("date of a followed calendar")
        verbose_name_plural = _("dates of followed calendars")
        constraints = [models.UniqueConstraint(fields=["calendar", "key"], name="source_event_unique_in_calendar")]

    def __str__(self) -> str:
        return str(self.imported.get("title", self.key))

    @property
    def begins(self) -> dt.datetime | None:
        """In the time of the place."""
        text = self.imported.get("start")
        return timezone.localtime(dt.datetime.fromisoformat(text)) if text else None
