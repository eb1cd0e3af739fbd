"""Members see who else belongs to their organisation, invite, remove and leave."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cms.accounts import person_of
from cms.accounts.throttling import DAY, Limit, TooOften, Window
from cms.localization import languages
from directory.members import membership
from directory.members.invitations import Invitation
from directory.portal import screen
from directory.portal.access import member_required, organisation_or_404
from directory.profiles.organisation import OrganisationPage


class InviteForm(forms.Form):
    """Whom to invite, and in which language the mail is written (German comes along in any case)."""

    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=languages.django_languages())

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


INVITATIONS = Limit("invite", target=(Window(20, DAY),))
"""``target`` is the organisation."""


@member_required
def colleagues(request: HttpRequest, key: UUID) -> HttpResponse:
    """``/<language>/my/<key>/colleagues/``: the list; a form sent here invites."""
    organisation = organisation_or_404(request.user, key)
    form = InviteForm(request.POST or None, initial={"language": languages.active().code})
    if request.method == "POST" and form.is_valid():
        problem = _invite(request, organisation, form)
        if not problem:
            return redirect("my_colleagues", key=key)
        form.add_error("email", problem)
    return screen.show(
        request,
        "directory/accounts/colleagues.html",
        title=_("Colleagues"),
        organisation=organisation,
        status=422 if form.errors else 200,
        form=form,
        members=membership.members_of(organisation),
        invitations=Invitation.objects.open().filter(organisation=organisation),
    )


def _invite(request: HttpRequest, organisation: OrganisationPage, form: InviteForm) -> str:
    """Empty, or a sentence that says why nobody was invited."""
    try:
        INVITATIONS.count(target=str(organisation.pk))
    except TooOften:
        return _("Your organisation has invited many people today. Please go on tomorrow.")
    email = form.cleaned_data["email"]
    try:
        membership.invite(
            organisation=organisation,
            email=email,
            language=form.cleaned_data["language"],
            invited_by=person_of(request),
        )
    except membership.AlreadyMember as error:
        return str(error)
    messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": email})
    return ""


@require_POST
@member_required
def revoke(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    organisation = organisation_or_404(request.user, key)
    invitation = get_object_or_404(Invitation, pk=pk, organisation=organisation)
    membership.revoke(invitation=invitation, revoked_by=person_of(request))
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("my_colleagues", key=key)


@member_required
def remove(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Asks first: it takes effect at once."""
    organisation = organisation_or_404(request.user, key)
    member = get_object_or_404(membership.members_of(organisation).exclude(pk=person_of(request).pk), pk=pk)
    if request.method == "POST":
        membership.remove(organisation=organisation, member=member, removed_by=person_of(request))
        name = member.get_full_name() or member.email
        messages.success(request, _("%(name)s does not belong to this organisation any more.") % {"name": name})
        return redirect("my_colleagues", key=key)
    return screen.show(
        request,
        "directory/accounts/remove.html",
        title=_("Remove from the organisation"),
        organisation=organisation,
        member=member,
    )


@member_required
def leave(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks first; the last one is told what to do instead."""
    organisation = organisation_or_404(request.user, key)
    problem = ""
    if request.method == "POST":
        user = person_of(request)
        try:
            membership.leave(organisation=organisation, user=user)
        except membership.LastMember as error:
            problem = str(error)
        else:
            user.refresh_from_db(fields=["is_active"])
            if not user.is_active:
                logout(request)
            messages.success(request, _("You do not belong to this organisation any more. Thank you for your work!"))
            return redirect("my" if user.is_active else "my_login")
    return screen.show(
        request,
        "directory/accounts/leave.html",
        title=_("Leave the organisation"),
        organisation=organisation,
        status=409 if problem else 200,
        problem=problem,
    )
