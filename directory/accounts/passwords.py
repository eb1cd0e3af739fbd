"""A forgotten password: a link by mail, behind which a new one is set."""

import contextlib
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.models import Site

from cms import mail
from cms.accounts import User, authentication, second_factor
from cms.accounts.throttling import DAY, HOUR, Limit, TooOften, Window
from cms.localization import languages
from cms.routing import absolute_urls, sites
from directory.accounts.login import enter, entrance_of
from directory.accounts.private_pages import private

MAILS = Limit("password", client=(Window(20, HOUR), Window(60, DAY)), target=(Window(3, HOUR), Window(10, DAY)))
"""``target`` is the address; who asks for more mails to it gets the same answer and no mail."""
WRITER = "directory.password"


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"}),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class NewPasswordField(forms.CharField):
    """A password to be chosen; typed once, because the browser can show it and a mail can replace it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr", "minlength": 10})
        hint = gettext_lazy("At least 10 characters, for example three words that do not belong together.")
        super().__init__(**{"strip": False, "max_length": 1000, "widget": widget, "help_text": hint, **kwargs})


class FormOf(forms.Form):
    """A form about the account of ``user``."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class NewPasswordForm(FormOf):
    """The person's name and address must not be the password."""

    password = NewPasswordField(label=gettext_lazy("New password"))

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password, self.user)
        return password


@private
def ask_for_link(request: HttpRequest) -> HttpResponseBase:
    """``/<language>/my/password/``: the same answer, in the same time, whether or not there is such an account."""
    form = EmailForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "title": _("Set a new password"), "sent": "sent" in request.GET}
    if request.method != "POST":
        return render(request, "directory/accounts/password.html", context)
    if not form.is_valid():
        return render(request, "directory/accounts/password.html", context, status=422)
    email, client = form.cleaned_data["email"], authentication.client_address(request)
    try:
        MAILS.count(client=client)
    except TooOften as refused:
        context["refused"] = str(refused)
        return refused.mark(render(request, "directory/accounts/password.html", context))
    with contextlib.suppress(TooOften):
        MAILS.count(target=email)
        site = sites.of_request(request)
        values = {"email": email, "language": languages.active().code, "site": site.pk if site else None}
        mail.post_late(writer=WRITER, to=email, values=values, pause=mail.SENT_TWICE, site=site)
    return redirect(f"{reverse('my_password')}?sent=1")


def write_link(*, email: str, language: str, site: int | None) -> EmailMessage | None:
    """Looks for the account only here, and makes the secret only here: neither time nor the queue tells of them."""
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None or not authentication.EmailBackend().user_can_authenticate(user):
        return None
    values = (urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user))
    context = {"link": absolute_urls.link("my_new_password", *values, site=Site.objects.filter(pk=site).first())}
    codes = mail.languages_for(language)
    return mail.compose(template="directory/mail/password", to=user.email, codes=codes, context=context)


@sensitive_post_parameters("password")
@private
def set_password(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """``/<language>/my/password/<uidb64>/<token>/``: opening the link changes nothing, only sending the form does."""
    client = authentication.client_address(request)
    authentication.LINKS.check(client=client)
    user = _user_of(uidb64)
    title = _("Set a new password")
    if user is None or not default_token_generator.check_token(user, token):
        authentication.LINKS.count(client=client)
        return render(
            request, "directory/accounts/link_over.html", {"title": title, "again": "my_password"}, status=410
        )
    form = NewPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user.set_password(form.cleaned_data["password"])
        user.save(update_fields=["password"])  # which ends every other session and every other link
        authentication.forget_failures(user.email, request)
        if second_factor.has_one(user):
            return redirect("wagtailadmin_login")
        enter(request, user)
        return redirect(entrance_of(user))
    context = {"form": form, "title": title, "email": user.email}
    return render(request, "directory/accounts/new_password.html", context, status=422 if form.errors else 200)


def _user_of(uidb64: str) -> User | None:
    try:
        number = int(force_str(urlsafe_base64_decode(uidb64)))
    except (TypeError, ValueError, OverflowError):
        return None
    user = User.objects.filter(pk=number, is_active=True).first() if number < 2**63 else None
    return user if user is not None and authentication.EmailBackend().user_can_authenticate(user) else None
