"""Inviting all at once in the admin, with progress and a report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cms.accounts import person_of
from directory.members import invitation_runs
from directory.members.invitations import Invitation
from directory.records.views import keeper_required, rows_for


def invite_all(request: HttpRequest) -> HttpResponse:
    """Who would be invited and who cannot be, and the button."""
    keeper_required(request)
    if request.method == "POST":
        run = invitation_runs.start(started_by=person_of(request))
        if not run.invitations.exists():
            run.delete()
            messages.info(request, _("There is nobody to invite."))
            return redirect("directory_records:index")
        return redirect("directory_records:run", run.pk)
    without_address = [
        row.page for row in rows_for(request.user) if not row.members and not (row.record and row.record.contact_email)
    ]
    context = {"organisations": invitation_runs.waiting_for_invitation(request.user), "without": without_address}
    return render(request, "directory/records/invite_all.html", context)


def run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the mails are; the page reloads itself until the last one is on its way."""
    keeper_required(request)
    shown = get_object_or_404(invitation_runs.runs_for(request.user).select_related("started_by"), pk=pk)
    context = {"run": shown, "report": invitation_runs.report(shown, request.user)}
    return render(request, "directory/records/run.html", context)


def invitations(request: HttpRequest) -> HttpResponse:
    """All open invitations of the organisations that this person looks after."""
    keeper_required(request)
    kept = invitation_runs.kept_by(request.user)
    listed = Invitation.objects.open().filter(organisation__in=kept).select_related("organisation")
    return render(request, "directory/records/invitations.html", {"invitations": listed})
