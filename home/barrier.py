"""Reports of barriers: BGG NRW asks for a way to say, from every page, what someone cannot use."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from wagtail.models import Site

from cms import mail
from cms.accounts.throttling import DAY, HOUR, Limit, TooOften, Window
from cms.http import proxies
from cms.localization import languages
from cms.pages.drafts import cut_nothing
from cms.routing import sites
from home.barrier_answers import ANSWER_WITHIN, BarrierReportQuerySet, ReportState

REPORTS = Limit("barrier", client=(Window(10, HOUR), Window(30, DAY)), target=(Window(200, DAY),))
"""``target`` is the Site, whose office gets a mail for each."""

WRITER = "home.barrier_report"


class BarrierReport(models.Model):
    """What somebody could not use, and where to answer."""

    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, related_name="+", verbose_name=pgettext_lazy("website", "site")
    )
    page = models.CharField(_("page"), max_length=500, blank=True)
    message = models.TextField(_("What is not working?"), max_length=5000)
    email = models.EmailField(_("Your email address"), blank=True)
    language = models.CharField(_("language"), max_length=16, choices=languages.django_languages())
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=ReportState.choices, default=ReportState.NEW)
    answer = models.TextField(_("answer"), blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("answered by"),
    )

    objects = BarrierReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("barrier report")
        verbose_name_plural = _("barrier reports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d} {self.page}"

    @property
    def due_on(self) -> dt.date:
        """The last day for an answer."""
        return timezone.localdate(self.created_at + ANSWER_WITHIN)

    @property
    def is_overdue(self) -> bool:
        return self.state != ReportState.ANSWERED and self.due_on < timezone.localdate()


class BarrierReportForm(forms.ModelForm):
    """``homepage`` is a trap for robots: people do not see it."""

    homepage = forms.CharField(required=False, label=_("Leave this field empty"))

    class Meta:
        model = BarrierReport
        fields = ("message", "page", "email")
        labels = {"page": _("On which page?")}
        help_texts = {
            "email": _("Only needed if you would like a reply."),
            "page": _("Address or title of the page."),
        }
        widgets = {"message": forms.Textarea(attrs={"rows": 6}), "page": forms.TextInput()}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cut_nothing(self)

    @property
    def is_from_robot(self) -> bool:
        return bool(self.cleaned_data.get("homepage"))


@never_cache
def report_barrier(request: HttpRequest) -> HttpResponseBase:
    """``/<language>/barrier/``: the form, and thanks. While reports would reach nobody, the offices instead."""
    site = sites.of_request(request)
    settings = sites.settings_of(site)
    if not settings.barrier_report_email and "sent" not in request.GET:
        offices = {"offices": settings.chosen_offices(), "municipality": settings.municipality}
        return render(request, "home/barrier.html", {**offices, "is_closed": True})
    if request.method != "POST":
        form = BarrierReportForm(initial={"page": request.GET.get("page", "")[:500]})
        return render(request, "home/barrier.html", {"form": form, "sent": "sent" in request.GET})
    form = BarrierReportForm(request.POST)
    if not form.is_valid():
        return render(request, "home/barrier.html", {"form": form}, status=422)
    if not form.is_from_robot and site is not None:
        try:
            REPORTS.count(client=proxies.client(request), target=str(site.pk))
        except TooOften as refused:
            form.add_error(None, str(refused))
            return refused.mark(render(request, "home/barrier.html", {"form": form}))
        form.instance.site = site
        form.instance.language = languages.active().code
        with transaction.atomic():
            tell_office(form.save(), settings.barrier_report_email)
    return redirect(f"{reverse('barrier')}?sent=1")


def tell_office(report: BarrierReport, to: str) -> None:
    """A mail to the office that answers, if the site names one; the form sent twice is one mail."""
    if to:
        said = "\n".join((report.page, report.message, report.email))
        mail.post_late(writer=WRITER, to=to, values={"report": report.pk, "to": to}, about=said, version=said)


def write(*, report: int, to: str) -> EmailMessage | None:
    """The report itself is kept in the admin; one that was deleted there is not mailed any more."""
    found = BarrierReport.objects.filter(pk=report).first()
    if found is None:
        return None
    codes = mail.languages_for(languages.SOURCE)
    context = {"report": found, "answer_in": languages.get(found.language)}
    return mail.compose(template="home/mail/barrier", to=to, codes=codes, context=context, reply_to=found.email)
