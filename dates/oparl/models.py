"""Where dates come from, what was there last, and what each run did. Only the importer writes the mirror."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.outbound import OutboundError, host_of
from dates.council.bodies import CouncilBody
from dates.council.sessions import CouncilSession

LONGEST_SILENCE = dt.timedelta(hours=48)
"""Without a complete run for longer than this, people are warned."""


class OParlSource(models.Model):
    """One organisation in a council information system whose meetings are the sessions of one of our bodies."""

    council = models.ForeignKey(CouncilBody, models.CASCADE, related_name="oparl_sources", verbose_name=_("body"))
    endpoint = models.CharField(_("address of the OParl interface"), max_length=500)
    body_url = models.CharField(_("body in OParl"), max_length=500)
    organisation_url = models.CharField(
        _("organisation in OParl"),
        max_length=500,
        help_text=_("After an election the council may have a new address. Its sessions keep theirs."),
    )
    organisation_name = models.CharField(max_length=200, blank=True, editable=False)
    hosts = models.JSONField(default=list, editable=False)
    """The only servers that are ever asked."""
    is_active = models.BooleanField(
        _("import every night"), default=False, help_text=_("Off until somebody has looked at a first run.")
    )
    publish_new = models.BooleanField(_("show new sessions on the website at once"), default=True)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    """When the last run was asked for or due: who changes it first runs."""

    class Meta:
        verbose_name = _("OParl source")
        verbose_name_plural = _("OParl sources")
        constraints = [models.UniqueConstraint(fields=["council", "organisation_url"], name="oparl_organisation_once")]

    def __str__(self) -> str:
        return f"{self.council} ({self.organisation_name or self.organisation_url})"

    def clean(self) -> None:
        super().clean()
        for field in ("endpoint", "body_url", "organisation_url"):
            try:
                host = host_of(getattr(self, field) or "")
            except OutboundError as error:
                raise ValidationError({field: error.sentence}) from None
            if self.hosts and host not in self.hosts:
                sentence = gettext("The address must be on a host that was allowed for this source: %(hosts)s.")
                raise ValidationError({field: sentence % {"hosts": ", ".join(self.hosts)}})

    @property
    def last_run(self) -> "ImportRun | None":
        return self.runs.first()

    @property
    def last_complete_run(self) -> "ImportRun | None":
        return self.runs.filter(outcome__in=COMPLETE).first()

    @property
    def may_accept_loss(self) -> bool:
        """A person may say that what went is really gone: the last run was rejected, or deleted meetings wait."""
        last = self.last_run
        if last is not None and last.outcome == RunOutcome.REJECTED:
            return True
        return any("deleted_together" in doubts for doubts in self.meetings.values_list("doubts", flat=True))

    @property
    def needs_attention(self) -> bool:
        last = self.last_run
        return self.is_silent or (last is not None and last.outcome in (RunOutcome.REJECTED, RunOutcome.FAILED))

    @property
    def is_silent(self) -> bool:
        """No complete run for two days, although there should be one every night."""
        last = self.last_complete_run
        since = last.started_at if last else self.created_at
        return self.is_active and timezone.now() - since > LONGEST_SILENCE


class SourceMeetingQuerySet(models.QuerySet["SourceMeeting"]):
    def present(self) -> Self:
        """Those that the server listed last."""
        return self.filter(missing_since=None, deleted_at=None)

    def doubtful(self) -> Self:
        return self.exclude(doubts=[]).select_related("source__council", "session__body").order_by("-start", "pk")


class SourceMeeting(models.Model):
    """A meeting as the server last told it. Writing here changes no public date; ``dates.oparl.applying`` does."""

    source = models.ForeignKey(OParlSource, models.CASCADE, related_name="meetings")
    oparl_id = models.CharField(max_length=500)
    raw = models.JSONField(default=dict)
    name = models.CharField(max_length=200, blank=True)
    start = models.DateTimeField(null=True)
    end = models.DateTimeField(null=True)
    place_text = models.CharField(max_length=500, blank=True)
    cancelled = models.BooleanField(default=False)
    flags = models.JSONField(default=list)
    """What was odd when it was last read; words of ``dates.oparl.doubts``."""
    doubts = models.JSONField(default=list)
    """What nobody has looked at yet."""
    first_seen = models.DateTimeField(default=timezone.now)
    missing_since = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    session = models.ForeignKey(CouncilSession, models.SET_NULL, null=True, related_name="source_meetings")

    objects = SourceMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported meeting")
        verbose_name_plural = _("imported meetings")
        constraints = [models.UniqueConstraint(fields=["source", "oparl_id"], name="oparl_meeting_once")]

    def __str__(self) -> str:
        return self.name or self.oparl_id


class RunOutcome(models.TextChoices):
    COMPLETE = "complete", _("complete")
    NOTHING_NEW = "nothing_new", _("complete, nothing new")
    REJECTED = "rejected", _("rejected")
    FAILED = "failed", _("failed")
    RUNNING = "running", _("at work")


COMPLETE = (RunOutcome.COMPLETE, RunOutcome.NOTHING_NEW)


class ImportRun(models.Model):
    """One attempt, and how it ended."""

    source = models.ForeignKey(OParlSource, models.CASCADE, related_name="runs")
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=RunOutcome.choices, default=RunOutcome.RUNNING)
    sentence = models.TextField(_("what happened"), blank=True)
    reason = models.CharField(max_length=20, blank=True)
    counts = models.JSONField(default=dict)
    """``found``, ``new``, ``changed``, ``deleted``, ``missing``: how many meetings."""
    report = models.JSONField(default=dict)
    """``remarks`` and ``changes``, sentences in the language of the editors."""

    class Meta:
        verbose_name = _("OParl run")
        verbose_name_plural = _("OParl runs")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_complete(self) -> bool:
        return self.outcome in COMPLETE

    def as_json(self) -> dict[str, Any]:
        return {
            "source": self.source_id,
            "outcome": self.outcome,
            "reason": self.reason,
            "sentence": self.sentence,
            "counts": self.counts,
            **self.report,
        }
