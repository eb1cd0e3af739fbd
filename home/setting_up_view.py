"""The first screen of a new installation in the admin: what the city is called and where its site is."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component

from home import setting_up


class SetUpForm(forms.Form):
    municipality = forms.CharField(
        label=gettext_lazy("municipality"), max_length=100, help_text=gettext_lazy("For example: City of Hagen")
    )
    name = forms.CharField(
        label=gettext_lazy("name of the site"),
        max_length=100,
        help_text=gettext_lazy("It stands at the top of every page, for example: Miteinander in Hagen"),
    )
    address = forms.CharField(label=gettext_lazy("address"), max_length=200)
    barrier_report_email = forms.EmailField(
        label=gettext_lazy("email address for barrier reports"),
        required=False,
        help_text=gettext_lazy(
            "Who answers people who cannot use something on the site. Until it is set, the site names the office."
        ),
    )

    def clean_address(self) -> str:
        setting_up.address_parts(self.cleaned_data["address"])
        return str(self.cleaned_data["address"])


def set_up(request: HttpRequest) -> HttpResponse:
    """``/admin/set-up/``: once, for a superuser."""
    if not setting_up.may_set_up(request.user):
        raise PermissionDenied
    form = SetUpForm(request.POST or None, initial={"address": settings.WAGTAILADMIN_BASE_URL})
    if request.method == "POST" and form.is_valid():
        site = setting_up.set_up(**form.cleaned_data)
        messages.success(request, _("The site is set up. Now write the welcome on the home page."))
        return redirect("wagtailadmin_pages:edit", site.root_page_id)
    return render(request, "home/set_up.html", {"form": form})


class SetUpPanel(Component):
    """On the first page of the admin while there is no site."""

    name = "set_up"
    order = 10
    template_name = "home/set_up_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"is_needed": setting_up.is_needed(), "may_set_up": setting_up.may_set_up(user)}
