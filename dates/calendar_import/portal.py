"""In "My organisation": the address of the calendar that the organisation keeps elsewhere."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dates.calendar_import.models import FollowedCalendar
from directory.portal import screen
from directory.portal.access import member_required, organisation_or_404
from directory.portal.parts import PortalPart
from directory.profiles.organisation import OrganisationPage

STOP, LOOK = "stop", "look"


def count_followed(organisation: OrganisationPage) -> int:
    return FollowedCalendar.objects.filter(organisation=organisation, is_active=True).count()


PART = PortalPart(
    "followed_calendar",
    gettext_lazy("Your calendar"),
    gettext_lazy("Take over dates that you keep elsewhere"),
    "my_followed_calendar",
    count_followed,
)


class CalendarForm(forms.ModelForm):
    class Meta:
        model = FollowedCalendar
        fields = ("url", "when_gone")
        widgets = {
            "url": forms.TextInput(
                attrs={"inputmode": "url", "dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}
            ),
        }


@member_required
def followed_calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """Shows the address and how the last look went; takes a new address, looks again, or stops."""
    organisation = organisation_or_404(request.user, key)
    calendar = FollowedCalendar.objects.filter(organisation=organisation).first()
    act = request.POST.get("act", "") if calendar is not None else ""
    if request.method == "POST" and calendar is not None and act in (STOP, LOOK):
        _obey(request, calendar, act)
        return redirect(request.path)
    instance = calendar or FollowedCalendar(organisation=organisation)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None:
        data.setdefault("when_gone", instance.when_gone)
    form = CalendarForm(data, instance=instance)
    if request.method == "POST" and form.is_valid():
        form.instance.is_active = True
        form.save()
        messages.success(request, _("Saved. We look at the calendar within a minute: then open this page again."))
        return redirect(request.path)
    return screen.show(
        request,
        "dates/portal/followed_calendar.html",
        title=PART.title,
        organisation=organisation,
        status=422 if request.method == "POST" else 200,
        form=form,
        calendar=FollowedCalendar.objects.filter(organisation=organisation).first(),
    )


def _obey(request: HttpRequest, calendar: FollowedCalendar, act: str) -> None:
    if act == STOP:
        calendar.is_active = False
        calendar.save()
        messages.success(request, _("The calendar is no longer followed. Its events stay as they are."))
    else:
        FollowedCalendar.objects.filter(pk=calendar.pk).update(next_at=timezone.now())
        messages.success(request, _("We look at the calendar within a minute: then open this page again."))
