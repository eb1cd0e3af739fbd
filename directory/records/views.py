"""The records of organisations in the admin: what the city notes, who belongs to them, who is invited."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from cms.accounts import User, person_of
from cms.localization import languages
from directory import permissions
from directory.accounts.colleagues import InviteForm
from directory.members import invitation_runs, membership
from directory.members.applications import Decision
from directory.members.invitations import Invitation
from directory.members.models import Membership
from directory.profiles.organisation import OrganisationPage
from directory.records.record import OrganisationRecord, record_of

LATEST = 30
FILTERS = {
    "": gettext_lazy("all"),
    "nobody": gettext_lazy("without member"),
    "invited": gettext_lazy("invited, not accepted yet"),
    "unverified": gettext_lazy("not verified"),
}


class RecordForm(forms.ModelForm):
    contact_language = forms.ChoiceField(
        choices=languages.django_languages(), label=gettext_lazy("language of that contact")
    )

    class Meta:
        model = OrganisationRecord
        fields = ("is_verified", "is_trusted", "contact_email", "contact_language", "internal_notes")
        widgets = {"internal_notes": forms.Textarea(attrs={"rows": 4})}


@dataclass(frozen=True)
class RecordRow:
    """One organisation in the list."""

    page: OrganisationPage
    record: OrganisationRecord | None
    members: int
    invitation: Invitation | None

    def belongs_to(self, only: str) -> bool:
        if only == "nobody":
            return not self.members
        if only == "invited":
            return self.invitation is not None and self.invitation.is_open
        if only == "unverified":
            return self.record is None or not self.record.is_verified
        return True


def rows_for(user: Any) -> list[RecordRow]:
    """Four queries, whatever the number of organisations."""
    counts = Membership.objects.active().counts()
    pages = list(invitation_runs.kept_by(user))
    newest: dict[int, Invitation] = {}
    for invitation in Invitation.objects.filter(organisation__in=pages).order_by("created_at", "pk"):
        newest[invitation.organisation_id] = invitation
    return [
        RecordRow(page, getattr(page, "record", None), counts.get(page.pk, 0), newest.get(page.pk)) for page in pages
    ]


def keeper_required(request: HttpRequest) -> None:
    if not permissions.directories_kept_by(request.user).exists():
        raise PermissionDenied


def record_or_404(user: Any, pk: int) -> OrganisationPage:
    """The organisation whose record ``user`` keeps. Raises Http404."""
    return get_object_or_404(invitation_runs.kept_by(user), pk=pk)


def index(request: HttpRequest) -> HttpResponse:
    keeper_required(request)
    only, wanted = request.GET.get("only", ""), request.GET.get("q", "").strip()
    rows = rows_for(request.user)
    context = {
        "rows": [row for row in rows if row.belongs_to(only) and wanted.casefold() in row.page.title.casefold()],
        "total": len(rows),
        "filters": FILTERS.items(),
        "only": only,
        "q": wanted,
        "to_invite": len(invitation_runs.waiting_for_invitation(request.user)),
        "applications": invitation_runs.applications_for(request.user).filter(decision=Decision.OPEN).count(),
        "last_run": invitation_runs.runs_for(request.user).first(),
    }
    return render(request, "directory/records/index.html", context)


def record(request: HttpRequest, pk: int) -> HttpResponse:
    keeper_required(request)
    page = record_or_404(request.user, pk)
    noted = record_of(page)
    form = RecordForm(request.POST or None, instance=noted)
    if request.method == "POST" and form.is_valid():
        form.save()
        if form.changed_data:
            log(page, "directory.record", user=request.user, data={"fields": form.changed_data})
        messages.success(request, _("Saved."))
        return redirect("directory_records:record", page.pk)
    invite_form = InviteForm(initial={"email": noted.contact_email, "language": noted.contact_language})
    return _show(request, page, form, invite_form)


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    keeper_required(request)
    page = record_or_404(request.user, pk)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _show(request, page, RecordForm(instance=record_of(page)), form)
    _invite(request, page, form.cleaned_data["email"], form.cleaned_data["language"])
    return redirect("directory_records:record", page.pk)


def _invite(request: HttpRequest, page: OrganisationPage, email: str, language: str) -> None:
    try:
        membership.invite(organisation=page, email=email, language=language, invited_by=person_of(request))
    except membership.AlreadyMember as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": email})


@require_POST
def change_invitation(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """``revoke`` or ``again``."""
    keeper_required(request)
    invitation = get_object_or_404(Invitation.objects.select_related("organisation"), pk=pk)
    page = record_or_404(request.user, invitation.organisation_id)
    if action == "again":
        _invite(request, page, invitation.email, invitation.language)
    else:
        membership.revoke(invitation=invitation, revoked_by=person_of(request))
        messages.success(request, _("The invitation is withdrawn."))
    return redirect("directory_records:record", page.pk)


@require_POST
def remove(request: HttpRequest, pk: int, user_pk: int) -> HttpResponse:
    keeper_required(request)
    page = record_or_404(request.user, pk)
    member = get_object_or_404(User, memberships__organisation=page, pk=user_pk)
    membership.remove(organisation=page, member=member, removed_by=person_of(request))
    messages.success(request, _("%(name)s does not belong to this organisation any more.") % {"name": named(member)})
    return redirect("directory_records:record", page.pk)


def named(user: User) -> str:
    return user.get_full_name() or user.email


def _show(request: HttpRequest, page: OrganisationPage, form: RecordForm, invite_form: InviteForm) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "invite_form": invite_form,
        "memberships": Membership.objects.of(page).for_record(),
        "invitations": Invitation.objects.filter(organisation=page)[:LATEST],
        "consents": page.consents.select_related("user")[:LATEST],
        "entries": PageLogEntry.objects.filter(page=page.pk).select_related("user")[:LATEST],
    }
    return render(request, "directory/records/record.html", context)
