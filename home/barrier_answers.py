"""What becomes of a barrier report: how long there is, the answer by mail, and when it is deleted."""

import datetime as dt
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from cms import mail
from cms.accounts import User
from cms.routing.site_settings import SiteSettings

ANSWER_WITHIN = dt.timedelta(weeks=6)
"""As cities of North Rhine-Westphalia promise it in their declaration of accessibility; who gets no answer until then
may turn to the ombudsperson. Change it together with that page."""
KEPT_AFTER_ANSWER = dt.timedelta(days=180)
KEPT_AT_MOST = dt.timedelta(days=2 * 365)
"""Also of those that nobody has answered: they hold addresses of people."""


class ReportState(models.TextChoices):
    NEW = "new", _("new")
    IN_WORK = "in_work", _("in work")
    ANSWERED = "answered", _("answered")


class CannotAnswer(Exception):
    """The person has left no address."""


class BarrierReportQuerySet(models.QuerySet[Any]):
    def waiting(self) -> "BarrierReportQuerySet":
        return self.exclude(state=ReportState.ANSWERED)

    def over(self) -> "BarrierReportQuerySet":
        """Those that are not kept any longer."""
        now = timezone.now()
        answered = models.Q(state=ReportState.ANSWERED, answered_at__lt=now - KEPT_AFTER_ANSWER)
        return self.filter(answered | models.Q(created_at__lt=now - KEPT_AT_MOST))


@transaction.atomic
def answer(*, report: Any, text: str, by: User) -> None:
    """Sends ``text`` in a mail whose other words are in the person's language; raises CannotAnswer."""
    if not report.email:
        raise CannotAnswer
    context = {"answer": text, "message": report.message}
    mail.post(
        template="home/mail/barrier_answer",
        to=report.email,
        preferred=report.language,
        context=context,
        site=report.site,
        by=by,
    )
    set_state(report=report, state=ReportState.ANSWERED, by=by)
    report.answer = "\n\n".join(filter(None, (report.answer, text)))
    report.save(update_fields=["answer"])


def set_state(*, report: Any, state: str, by: User) -> None:
    """What was answered by telephone or post is ticked off by hand."""
    is_answer = state == ReportState.ANSWERED
    report.state = state
    report.answered_at, report.answered_by = (timezone.now(), by) if is_answer else (None, None)
    report.save(update_fields=["state", "answered_at", "answered_by"])


@register(Tags.security, deploy=True)
def reports_reach_somebody(**_options: Any) -> list[CheckMessage]:
    """Each Site says where barrier reports go."""
    try:
        told = SiteSettings.objects.exclude(barrier_report_email="").values("site")
        silent = list(Site.objects.exclude(pk__in=told).values_list("hostname", flat=True))
    except DatabaseError:
        return []  # no table yet, or no database: Django's own checks say so
    hint = "Settings, Site settings: email address for barrier reports. Until then the page names the office."
    return [Warning(f"Barrier reports of {host} reach nobody.", hint=hint, id="home.W001") for host in silent]
