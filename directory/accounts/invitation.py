"""The link of an invitation: one screen with name, password and consent."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from cms.accounts import User, authentication, second_factor
from cms.localization import languages
from cms.localization.localized_text import LocalizedText, phrase
from directory.accounts.login import enter
from directory.accounts.passwords import NewPasswordField
from directory.accounts.private_pages import private
from directory.members import consents, membership
from directory.members.invitations import Invitation


class NameField(forms.CharField):
    """What a person is called, in one line."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})
        super().__init__(**{"max_length": 150, "label": gettext_lazy("Your name"), "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        return " ".join(str(super().clean(value)).split())


class ConsentForm(forms.Form):
    """For people who have an account."""

    consent = forms.BooleanField(
        error_messages={"required": gettext_lazy("Without this consent the page of your organisation stays empty.")}
    )

    def __init__(self, invitation: Invitation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["consent"].label = consents.wording(invitation.organisation.title)


class NewAccountForm(ConsentForm):
    """For new people."""

    name = NameField()
    password = NewPasswordField(label=gettext_lazy("Choose a password"))
    field_order = ("name", "password", "consent")

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        name = self.cleaned_data.get("name", "")
        password_validation.validate_password(password, User(email=self.invitation.email, first_name=name))
        return password


@sensitive_post_parameters("password")
@private
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """``/<language>/my/invitation/<token>/``: opening it changes nothing (programs that check mails open links), and it
    never logs anybody in whose account exists.
    """
    client = authentication.client_address(request)
    authentication.LINKS.check(client=client)
    invitation = Invitation.objects.with_token(token)
    if invitation is None:
        authentication.LINKS.count(client=client)
    if invitation is None or not invitation.is_open:
        return _over(request, invitation)
    account = User.objects.filter(email=invitation.email).first() or User(email=invitation.email)
    if request.user.is_authenticated and request.user != account:
        return _show(request, "directory/accounts/other_account.html", invitation)
    if request.user == account:
        return _accept(request, invitation, token)
    if membership.may_have_new_account(account):
        return _begin(request, invitation, token)
    return _show(request, "directory/accounts/log_in_first.html", invitation, is_active=account.is_active)


def _accept(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = ConsentForm(invitation, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, "directory/accounts/invitation.html", invitation, form)
    try:
        organisation = membership.accept(token=token, user=request.user)
    except (membership.InvitationOver, membership.WrongAccount):
        return _over(request, Invitation.objects.get(pk=invitation.pk))
    return redirect("my_organisation", key=organisation.translation_key)


def _begin(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = NewAccountForm(invitation, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, "directory/accounts/invitation.html", invitation, form)
    words = form.cleaned_data
    code = languages.active().code
    try:
        user = membership.accept_with_new_account(
            token=token, name=words["name"], password=words["password"], language=code
        )
    except (membership.InvitationOver, membership.WrongAccount):
        return _over(request, Invitation.objects.get(pk=invitation.pk))
    if not second_factor.has_one(user):
        enter(request, user)
    return redirect("my_organisation", key=invitation.organisation.translation_key)


def _show(
    request: HttpRequest, template: str, invitation: Invitation, form: forms.Form | None = None, **context: Any
) -> HttpResponse:
    name = LocalizedText(invitation.organisation.title, languages.SOURCE)
    context |= {
        "title": phrase(_("Invitation from “%(organisation)s”"), organisation=name),
        "invitation": invitation,
        "form": form,
    }
    return render(request, template, context, status=422 if form is not None and form.errors else 200)


def _over(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    """Who has just accepted and sends the form again, or opens the link another time, is where they wanted to be."""
    if invitation is not None and request.user.is_authenticated and invitation.accepted_by == request.user:
        return redirect("my_organisation", key=invitation.organisation.translation_key)
    context = {"title": _("Invitation"), "is_accepted": invitation is not None and bool(invitation.accepted_at)}
    return render(request, "directory/accounts/link_over.html", context, status=410)
