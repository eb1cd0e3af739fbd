"""Requests for access and new organisations in the admin."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.accounts import person_of
from directory.members import access_requests, invitation_runs
from directory.members.applications import Decision
from directory.records.views import keeper_required

DECIDED_SHOWN = 30


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why not?"),
        help_text=gettext_lazy("Goes by mail to the person who has asked."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def index(request: HttpRequest) -> HttpResponse:
    keeper_required(request)
    listed = invitation_runs.applications_for(request.user)
    decided = listed.exclude(decision=Decision.OPEN).select_related("decided_by").order_by("-decided_at")
    context = {"open": listed.filter(decision=Decision.OPEN), "decided": decided[:DECIDED_SHOWN]}
    return render(request, "directory/records/requests.html", context)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: approve, or refuse with a reason."""
    keeper_required(request)
    listed = invitation_runs.applications_for(request.user).exclude(organisation=None)
    application = get_object_or_404(listed.select_related("organisation"), pk=pk)
    form = RefusalForm(request.POST if request.POST.get("action") == "refuse" else None)
    if request.method == "POST":
        try:
            if request.POST.get("action") == "approve":
                access_requests.approve(application=application, decided_by=person_of(request))
                messages.success(
                    request, _("The invitation to %(email)s is on its way.") % {"email": application.email}
                )
                return redirect("directory_records:requests")
            if form.is_valid():
                reason = form.cleaned_data["reason"]
                access_requests.refuse(application=application, reason=reason, decided_by=person_of(request))
                messages.success(request, _("The request is refused; a mail says why."))
                return redirect("directory_records:requests")
        except access_requests.AlreadyDecided as error:
            messages.error(request, str(error))
            return redirect("directory_records:requests")
    return render(request, "directory/records/request.html", {"application": application, "form": form})
