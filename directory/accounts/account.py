"""A person's own account: name, language, address, password, consents, data, end."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cms.accounts import User, authentication, person_of
from cms.accounts.throttling import TooOften
from directory import permissions
from directory.accounts import email_change
from directory.accounts.invitation import NameField
from directory.accounts.passwords import EmailForm, FormOf, NewPasswordForm
from directory.accounts.private_pages import private
from directory.members import personal_data
from directory.members.consents import Consent, withdraw
from directory.portal import screen
from directory.portal.access import member_required
from directory.profiles.organisation import OrganisationPage


class ProfileForm(forms.ModelForm):
    first_name = NameField()

    class Meta:
        model = User
        fields = ("first_name", "preferred_language")
        labels = {"preferred_language": gettext_lazy("Language of our mails to you")}

    def __init__(self, *args: Any, instance: User, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"first_name": instance.get_full_name()}, **kwargs)

    def save(self, commit: bool = True) -> User:
        self.instance.last_name = ""  # the name is one field here, because names are not made alike everywhere
        user: User = super().save(commit)
        return user


class PasswordAgainForm(FormOf):
    """Asks for the password before what cannot be undone."""

    current = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}),
    )

    refused: TooOften | None = None

    def clean_current(self) -> str:
        password = str(self.cleaned_data["current"])
        try:
            is_right = authentication.is_own_password(self.user, password)
        except TooOften as refused:
            self.refused = refused
            raise forms.ValidationError(str(refused)) from refused
        if not is_right:
            raise forms.ValidationError(_("This is not your password."))
        return password


class ChangePasswordForm(PasswordAgainForm, NewPasswordForm):
    field_order = ("current", "password")


class ChangeEmailForm(PasswordAgainForm, EmailForm):
    field_order = ("email", "current")


@member_required
def account(request: HttpRequest) -> HttpResponse:
    """``/<language>/my/account/``."""
    user = person_of(request)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("my_account")
    keys = permissions.organisations_of(user)
    return screen.show(
        request,
        "directory/accounts/account.html",
        title=_("My account"),
        status=422 if form.errors else 200,
        form=form,
        organisations=OrganisationPage.objects.sources().filter(translation_key__in=keys),
        consents=user.consents.select_related("organisation"),
    )


@sensitive_post_parameters("current", "password")
@member_required
def change_password(request: HttpRequest) -> HttpResponseBase:
    """Ends all other sessions; this one goes on under a new number."""
    user = person_of(request)
    form = ChangePasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user.set_password(form.cleaned_data["password"])
        user.save(update_fields=["password"])
        update_session_auth_hash(request, user)
        messages.success(request, _("Your new password holds from now on."))
        return redirect("my_account")
    return _form(request, form, _("Change the password"), _("Save"))


@sensitive_post_parameters("current")
@member_required
def change_email(request: HttpRequest) -> HttpResponseBase:
    """The address changes only when the link that is mailed to the new one is opened and confirmed."""
    user = person_of(request)
    form = ChangeEmailForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        email_change.ask(user=user, email=form.cleaned_data["email"])
        text = _("A link to %(email)s is on its way. Your address changes when you open it and confirm.")
        messages.success(request, text % {"email": form.cleaned_data["email"]})
        return redirect("my_account")
    return _form(request, form, _("Change the email address"), _("Send the link"))


@private
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """``/<language>/my/account/email/<token>/``: needs no log-in, and opening it changes nothing."""
    title = _("Change the email address")
    client = authentication.client_address(request)
    authentication.LINKS.check(client=client)
    try:
        user, email = email_change.read(token)
        if request.method == "POST":
            email_change.confirm(token=token)
            messages.success(request, _("From now on you log in with %(email)s.") % {"email": email})
            return redirect("my_account")
    except (signing.BadSignature, email_change.NotPossible):
        authentication.LINKS.count(client=client)
        return screen.show(request, "directory/accounts/link_over.html", title=title, status=410, again="my_account")
    return screen.show(request, "directory/accounts/confirm_email.html", title=title, user_name=user, email=email)


@require_POST
@member_required
def withdraw_consent(request: HttpRequest, pk: int) -> HttpResponse:
    withdraw(consent=get_object_or_404(Consent, pk=pk, user=request.user))
    messages.success(request, _("Your consent is withdrawn. The city has been told and checks what is published."))
    return redirect("my_account")


@member_required
def data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about a person, as a file (Art. 15 and 20 GDPR)."""
    response = JsonResponse(
        personal_data.of(person_of(request)), json_dumps_params={"ensure_ascii": False, "indent": 2}, safe=False
    )
    response["Content-Disposition"] = 'attachment; filename="miteinander.json"'
    return response


@sensitive_post_parameters("current")
@member_required
def delete(request: HttpRequest) -> HttpResponseBase:
    """``/<language>/my/account/delete/``."""
    user = person_of(request)
    if permissions.has_role(user):
        text = _("You work here for the city. Please ask an administrator to delete your account.")
        messages.error(request, text)
        return redirect("my_account")
    form = PasswordAgainForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        personal_data.delete(user=user)
        logout(request)
        messages.success(request, _("Your account is deleted."))
        return redirect("my_login")
    lead = _(
        "Your name, your address and your consents are deleted. What you have written for your organisation stays, "
        "without your name. This cannot be undone."
    )
    return _form(request, form, _("Delete my account"), _("Delete for good"), lead)


def _form(request: HttpRequest, form: PasswordAgainForm, title: str, button: str, lead: str = "") -> HttpResponseBase:
    response = screen.show(
        request,
        "directory/accounts/account_form.html",
        title=title,
        status=422 if form.errors else 200,
        form=form,
        button=button,
        explanation=lead,
    )
    return form.refused.mark(response) if form.refused else response
