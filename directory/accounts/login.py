"""Members log in by e-mail and password, and out again."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cms.accounts import User, authentication, second_factor
from cms.accounts.throttling import TooOften
from directory import permissions
from directory.accounts.private_pages import private

BACKEND = f"{authentication.EmailBackend.__module__}.{authentication.EmailBackend.__qualname__}"
STAY_LOGGED_IN = 90 * 24 * 60 * 60  # seconds


class LoginForm(forms.Form):
    """The fields are called as password managers and ``AXES_USERNAME_FORM_FIELD`` expect it."""

    username = forms.EmailField(
        label=gettext_lazy("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}),
    )
    code = second_factor.CodeField(required=False)
    stay = forms.BooleanField(label=gettext_lazy("Stay logged in on this device"), required=False)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        self.refused: TooOften | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "username" in cleaned and "password" in cleaned:
            self.user = authenticate(
                self.request,
                username=cleaned["username"],
                password=cleaned["password"],
                code=cleaned.get("code", ""),
            )
            if self.user is None:
                self.refused = authentication.refusal(self.request)
                raise forms.ValidationError(
                    second_factor.sentence(self.refused) if self.refused else second_factor.wrong()
                )
        return cleaned

    @property
    def has_code(self) -> bool:
        """Whether the field for people with a second factor, which stands folded, is opened."""
        return bool(self.data.get("code"))


@sensitive_post_parameters("password", "code")
@private
def log_in(request: HttpRequest) -> HttpResponseBase:
    """``/<language>/my/login/``; ``next`` is where the person was going."""
    target = safe_target(request)
    if request.user.is_authenticated and request.method != "POST":
        return redirect(target or entrance_of(request.user))
    form = LoginForm(request, request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and form.user is not None:
            enter(request, form.user, stay=form.cleaned_data["stay"])
            return redirect(target or entrance_of(form.user))
        status = 422
    context = {"form": form, "next": target, "title": _("Log in")}
    response = render(request, "directory/accounts/login.html", context, status=status)
    return form.refused.mark(response) if form.refused else response


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """``/<language>/my/logout/``: only by a form, so that no picture on another site does it."""
    target = safe_target(request)
    logout(request)
    return redirect(target or reverse("my_login"))


def enter(request: HttpRequest, user: User, *, stay: bool = False) -> None:
    """Begins a new session for ``user``; it ends with the browser unless ``stay``."""
    login(request, user, backend=BACKEND)
    request.session.set_expiry(STAY_LOGGED_IN if stay else 0)


def entrance_of(user: Any) -> str:
    """Where somebody goes who was not going anywhere: staff that belongs to no organisation into the admin."""
    is_staff_only = user.has_perm("wagtailadmin.access_admin") and not permissions.organisations_of(user)
    return reverse("wagtailadmin_home" if is_staff_only else "my")


def safe_target(request: HttpRequest) -> str:
    """``next`` of the request when it leads to this site, else empty."""
    target = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours and len(target) <= 2000 else ""
