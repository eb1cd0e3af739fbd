"""Barrier reports in the admin: the list with what is due, the answer by mail, and the count on the first page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from cms.accounts import User, person_of
from cms.admin.records import RecordsViewSet
from cms.localization import formats, languages
from home import barrier_answers, permissions
from home.barrier import BarrierReport


class AnswerForm(forms.ModelForm):
    """The state, and a reply that is sent when the form is saved."""

    reply = forms.CharField(
        required=False,
        label=gettext_lazy("Reply"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    class Meta:
        model = BarrierReport
        fields = ("state",)

    def __init__(self, *args: Any, for_user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        report = self.instance
        language = languages.get(report.language).native_name
        if report.email:
            self.fields["reply"].help_text = _("Sent to %(email)s when you save. The person reads %(language)s.") % {
                "email": report.email,
                "language": language,
            }
        else:
            del self.fields["reply"]

    def save(self, commit: bool = True) -> Any:
        raise NotImplementedError  # the view calls what is meant


class OwnReportsMixin:
    """Each report is for those who handle its Site."""

    request: HttpRequest

    def get_base_queryset(self) -> Any:
        found = super().get_base_queryset()  # type: ignore[misc]
        return found.filter(site__in=permissions.sites_of(self.request.user))

    def get_object(self, queryset: Any = None) -> BarrierReport:
        found: BarrierReport = super().get_object(queryset)  # type: ignore[misc]
        if not permissions.may_handle(self.request.user, found.site_id):
            raise PermissionDenied
        return found


class IndexView(OwnReportsMixin, generic.IndexView):
    pass


class EditView(OwnReportsMixin, generic.EditView):
    template_name = "home/admin/barrier_report.html"

    def get_form_class(self) -> type[forms.ModelForm]:
        return AnswerForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("for_user", None)
        return dict(kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.object
        return {**super().get_context_data(**kwargs), "report": report, "language": languages.get(report.language)}

    def form_valid(self, form: AnswerForm) -> HttpResponse:
        report, by = BarrierReport.objects.get(pk=self.object.pk), person_of(self.request)
        reply = form.cleaned_data.get("reply", "").strip()
        if reply:
            barrier_answers.answer(report=report, text=reply, by=by)
            messages.success(self.request, _("The reply is on its way to %(email)s.") % {"email": report.email})
        elif report.state != form.cleaned_data["state"]:
            barrier_answers.set_state(report=report, state=form.cleaned_data["state"], by=by)
            messages.success(self.request, _("The state was saved."))
        return redirect(self.get_success_url())


class DeleteView(OwnReportsMixin, generic.DeleteView):
    pass


def _due(report: BarrierReport) -> SafeString:
    date = formats.full_date(report.due_on)
    return format_html("<strong>{} ({})</strong>", date, _("overdue")) if report.is_overdue else format_html("{}", date)


class BarrierReportViewSet(RecordsViewSet):
    """Read, answer, tick off; nothing is added by hand."""

    model = BarrierReport
    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView
    icon = "warning"
    menu_label = gettext_lazy("Barrier reports")
    menu_order = 800
    add_to_admin_menu = True
    list_display = [
        "created_at",
        Column("message", label=gettext_lazy("message"), accessor=lambda report: truncatechars(report.message, 80)),
        "page",
        Column("language", label=gettext_lazy("language"), accessor=lambda report: report.get_language_display()),
        Column("due", label=gettext_lazy("due"), accessor=_due),
        Column("state", label=gettext_lazy("state"), accessor=lambda report: report.get_state_display()),
    ]
    list_filter = ["state", "language"]
    form_fields = ["state"]


class ReportsPanel(Component):
    """On the first page of the admin: how many reports wait, and how many are overdue."""

    name = "barrier_reports"
    order = 25
    template_name = "home/admin/barrier_panel.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        own = BarrierReport.objects.filter(site__in=permissions.sites_of(self.user))
        address = reverse("barrier_reports:index")
        waiting = list(own.waiting().only("state", "created_at"))
        overdue = sum(report.is_overdue for report in waiting)
        return {"waiting": len(waiting), "overdue": overdue, "address": address}
