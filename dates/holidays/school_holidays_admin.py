"""School holidays in the admin: which are known beside those of the library, and taking over a list of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Site

from cms.routing.site_settings import NORTH_RHINE_WESTPHALIA, STATES
from dates.holidays import school_holidays, school_holidays_list
from dates.holidays.school_holidays import SchoolHoliday

YEARS_AHEAD = 3
MOST_SENTENCES = 10


@dataclass(frozen=True)
class Unknown:
    """A state with the years from now on, as far as people plan, of which no list is known."""

    state: str
    years: list[int]
    is_needed: bool
    """Whether a Site is there."""


def unknown_years() -> Iterator[Unknown]:
    """For each state of which years are not known, those of our Sites first; two queries."""
    used, now = states_of_sites(), timezone.localdate().year
    entered = school_holidays.all_entered()
    for code, name in sorted(STATES, key=lambda state: state[0] not in used):
        years = range(now, now + YEARS_AHEAD)
        missing = [year for year in years if not school_holidays.is_known(year, code, entered.get(code, []))]
        if missing:
            yield Unknown(name, missing, code in used)


def states_of_sites() -> set[str]:
    """A Site for which nobody has set anything is in North Rhine-Westphalia."""
    sites = Site.objects.values_list("sitesettings__federal_state", flat=True)
    return {state or NORTH_RHINE_WESTPHALIA for state in sites}


def usual_state() -> str:
    """That of the first Site, as a proposal."""
    default = Site.objects.filter(is_default_site=True).values_list("sitesettings__federal_state", flat=True).first()
    return default or NORTH_RHINE_WESTPHALIA


class ListForm(forms.Form):
    state = forms.ChoiceField(label=_("federal state"), choices=STATES, initial=usual_state)
    file = forms.FileField(
        label=_("List (ICS, CSV or XLSX)"),
        help_text=_("A calendar, or a table with a name, a first and a last day in each row."),
    )


class IndexView(generic.IndexView):
    @property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = list(super().header_buttons)
        if self.user_has_permission("add"):
            label = gettext("Import a list")
            buttons.append(HeaderButton(label, url=reverse("school_holidays:import_list"), icon_name="upload"))
        return buttons


class ImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    permission_policy: Any = None
    permission_required = "add"
    page_title = _("Import school holidays")
    header_icon = "upload"
    template_name = "dates/holidays/school_holidays.html"
    form_class = ListForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "unknown": [*unknown_years()]}

    def form_valid(self, form: ListForm) -> HttpResponse:
        request: HttpRequest = self.request
        try:
            result = school_holidays_list.take_over(
                state=form.cleaned_data["state"], content=form.cleaned_data["file"].read()
            )
        except school_holidays_list.NoList as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        new = ngettext("%(count)s holiday was taken over.", "%(count)s holidays were taken over.", result.new)
        messages.success(request, new % {"count": result.new})
        if result.known:
            known = ngettext("%(count)s was there already.", "%(count)s were there already.", result.known)
            messages.success(request, known % {"count": result.known})
        for sentence in result.faults[:MOST_SENTENCES]:
            messages.warning(request, sentence)
        return redirect(reverse("school_holidays:index"))


class SchoolHolidayViewSet(ModelViewSet):
    model = SchoolHoliday
    icon = "date"
    menu_label = _("School holidays")
    add_to_settings_menu = True
    form_fields = ["state", "name", "first_day", "last_day"]
    list_display = ["name", "state", DateColumn("first_day"), DateColumn("last_day")]
    list_filter = ["state"]
    index_view_class = IndexView
    inspect_view_enabled = False
    copy_view_enabled = False

    def get_urlpatterns(self) -> list[URLPattern]:
        importing = ImportView.as_view(permission_policy=self.permission_policy)
        return [path("import/", importing, name="import_list"), *super().get_urlpatterns()]
