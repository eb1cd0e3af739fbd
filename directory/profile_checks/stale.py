"""The office's list of profiles that nobody has confirmed for half a year."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cms.localization import formats
from directory import permissions
from directory.members.invitation_runs import kept_by
from directory.members.models import Membership
from directory.profile_checks import confirmation
from directory.profiles.organisation import OrganisationPage
from directory.records.record import OrganisationRecord
from directory.spreadsheet import writing

FILTERS = {
    "": gettext_lazy("all"),
    "unanswered": gettext_lazy("reminded three times, no answer"),
    "asked": gettext_lazy("reminded, may still answer"),
    "due": gettext_lazy("not reminded yet"),
    "nobody": gettext_lazy("nobody to ask"),
}


@dataclass(frozen=True)
class StaleProfile:
    """One profile in the list."""

    page: Any
    record: OrganisationRecord
    members: int

    @property
    def state(self) -> str:
        if not self.members and not self.record.contact_email:
            return "nobody"
        if self.record.reminders == len(confirmation.PAUSES):
            return "unanswered"
        return "asked" if self.record.reminders else "due"

    @property
    def state_label(self) -> str:
        return str(FILTERS[self.state])


def rows_for(user: Any, only: str = "") -> list[StaleProfile]:
    """Two queries, whatever the number."""
    counts = Membership.objects.active().counts()
    pages = confirmation.stale().filter(pk__in=kept_by(user).order_by().values("pk"))
    rows = [
        StaleProfile(page, getattr(page, "record", None) or OrganisationRecord(), counts.get(page.pk, 0))
        for page in pages
    ]
    return [row for row in rows if not only or row.state == only]


def _require_keeper(request: HttpRequest) -> None:
    if not permissions.directories_kept_by(request.user).exists():
        raise PermissionDenied


def _only(request: HttpRequest) -> str:
    wanted = request.GET.get("only", "")
    return wanted if wanted in FILTERS else ""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    _require_keeper(request)
    only = _only(request)
    context = {"rows": rows_for(request.user, only), "filters": FILTERS.items(), "only": only}
    return render(request, "directory/profile_checks/stale.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The same as CSV, to be worked through by telephone."""
    _require_keeper(request)
    heading = [_("Organisation"), _("Unconfirmed since"), _("State"), _("Telephone"), _("Email address")]
    rows = [
        [
            row.page.title,
            formats.short_date(row.page.since),
            row.state_label,
            row.page.phone,
            row.record.contact_email or row.page.email,
        ]
        for row in rows_for(request.user, _only(request))
    ]
    response = HttpResponse(writing.as_csv([heading, *rows]), content_type=writing.CSV)
    response["Content-Disposition"] = 'attachment; filename="still-correct.csv"'
    return response


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody of the office has called, and everything is correct."""
    _require_keeper(request)
    page: OrganisationPage = get_object_or_404(kept_by(request.user).live(), pk=pk)
    confirmation.confirm_by_phone(organisation=page, user=request.user)
    messages.success(request, _("“%(name)s” is confirmed as of today.") % {"name": page.title})
    return redirect("still_correct:index")
