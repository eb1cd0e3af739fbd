"""In the admin: proposes the dates of a year after those of another, to be corrected and taken over row by row."""

from typing import Any

from django import forms
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from cms.admin import form_rows
from cms.localization import accepted_dates
from dates.council import session_warnings, year_copy
from dates.council.bodies import CouncilBody
from dates.council.session_addresses import federal_state_of
from dates.council.session_warnings import dated
from dates.council.sessions import CouncilSession, Status


class ChoiceForm(forms.Form):
    """Whose dates of which year are copied into which."""

    body = forms.ModelChoiceField(CouncilBody.objects.all(), label=_("body"))
    old_year = forms.IntegerField(label=_("from the year"))
    new_year = forms.IntegerField(label=_("for the year"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("old_year", "new_year"):
            if name in cleaned and not accepted_dates.is_accepted_year(cleaned[name]):
                self.add_error(name, accepted_dates.fault())
        return cleaned


class RowForm(WagtailAdminModelForm):
    """One proposed session. Rows that are not taken are not looked at."""

    is_taken = forms.BooleanField(label=_("take over"), required=False)

    class Meta:
        model = CouncilSession
        fields = ["number", "start", "place", "is_public"]

    warnings: list[str] = []

    def full_clean(self) -> None:
        self.empty_permitted = self.is_bound and not self.data.get(self.add_prefix("is_taken"))
        if self.empty_permitted:
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {"is_taken": False}
        else:
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("start") and self.instance.end:
            # Moved by hand: the meeting takes as long as proposed.
            self.instance.end += cleaned["start"] - self.initial["start"]
        return cleaned


class YearCopyView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_policy: Any = None
    permission_required = "add"
    page_title = _("Copy the dates of a year")
    header_icon = "copy"
    template_name = "dates/council/admin/year_copy.html"

    @cached_property
    def choice(self) -> ChoiceForm:
        """What the address says; without it the last year that has dates, for the one after."""
        if "body" in self.request.GET:
            return ChoiceForm(self.request.GET)
        body = CouncilBody.objects.annotate(last=Max("sessions__year")).order_by("-last").first()
        old = (body and body.last) or timezone.localdate().year
        return ChoiceForm({"body": body and body.pk, "old_year": old, "new_year": old + 1})

    @cached_property
    def rows(self) -> list[RowForm]:
        if not self.choice.is_valid():
            return []
        body, old, new = (self.choice.cleaned_data[name] for name in ("body", "old_year", "new_year"))
        there = {session.number: session for session in CouncilSession.objects.of(body).in_year(new)}
        models = list(CouncilSession.objects.of(body).in_year(old).select_related("body", "place"))
        cancelled = {model.pk for model in models if model.status == Status.CANCELLED}
        proposals = {model.pk: year_copy.proposal(model, new) for model in models if not model.is_withdrawn}
        rows = [
            RowForm(
                self.request.POST or None,
                instance=proposed,
                prefix=f"session-{pk}",
                initial={"is_taken": pk not in cancelled and proposed.number not in there},
                for_user=self.request.user,
            )
            for pk, proposed in proposals.items()
        ]
        form_rows.share(rows)
        state = federal_state_of(body)
        others = [*there.values(), *(each for each in proposals.values() if each.number not in there)]
        for row in rows:
            besides = [dated(other) for other in others if other is not row.instance]
            row.warnings = session_warnings.about(
                dated(row.instance), besides, today=timezone.localdate(), is_new=True, federal_state=state
            )
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "choice": self.choice, "rows": self.rows}

    def post(self, request: HttpRequest) -> HttpResponse:
        taken = [row for row in self.rows if row.is_valid() and row.cleaned_data["is_taken"]]
        numbers = [row.cleaned_data.get("number") for row in taken]
        for row in taken:
            if numbers.count(row.cleaned_data["number"]) > 1:
                row.add_error("number", gettext("This number stands in several rows."))
        if not taken or any(row.errors for row in self.rows):
            messages.error(
                request,
                gettext("Nothing was taken over yet. Check the marked rows.")
                if any(row.errors for row in self.rows)
                else gettext("Choose at least one meeting."),
            )
            return self.render_to_response(self.get_context_data())
        made = [row.instance for row in taken]
        year_copy.create(made)
        for session in made:
            log(instance=session, action="wagtail.create", content_changed=True)
        said = ngettext("%(count)s meeting was taken over.", "%(count)s meetings were taken over.", len(made))
        messages.success(request, said % {"count": len(made)})
        return redirect(reverse("sessions:index"))
