"""The second factor of staff: a code from an authenticator app beside the password, and recovery codes on paper.

Press office, integration centre and administrators must have one where ``SECOND_FACTOR_REQUIRED`` is set, as it is in
production; anyone else in the admin may.
"""

from collections.abc import Callable
from typing import Any

import django_otp
import qrcode
import qrcode.image.svg
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.admin.views.account import LoginView as WagtailLoginView

from cms.accounts import User, authentication, codes, person_of, roles
from cms.accounts.codes import has_one
from cms.accounts.throttling import TooOften

REQUIRED_ROLES = (roles.PRESS, roles.KI, roles.ADMINISTRATORS)


def is_required_for(user: User) -> bool:
    """Whoever may publish or see others' data needs a second factor."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return user.is_superuser or user.groups.filter(role__key__in=REQUIRED_ROLES).exists()


class CodeField(forms.CharField):
    """A code of the app, or one of the recovery codes; all digits, so that a phone shows its number pad."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"})
        label = gettext_lazy("Code from your authenticator app")
        super().__init__(**{"max_length": codes.LONGEST, "label": label, "widget": widget, **kwargs})


def owes_second_factor(user: User) -> bool:
    """Whether ``user`` has logged in with a password only and needs more than that to see what is not public."""
    is_verified = bool(user.is_verified())  # type: ignore[attr-defined] (added by OTPMiddleware)
    return not is_verified and (is_required_for(user) or has_one(user))


class LoginForm(WagtailLoginForm):
    """Asks for the code as well; people without a second factor leave it empty. Never says what was wrong of it all."""

    code = CodeField(
        required=False, help_text=gettext_lazy("Only if you have set one up. A recovery code works as well, once.")
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "username" in given and "password" in given:
            self.user_cache = authenticate(
                self.request, username=given["username"], password=given["password"], code=given.get("code", "")
            )
            if self.user_cache is None:
                raise self.get_invalid_login_error()
            self.confirm_login_allowed(self.user_cache)
        return given

    def get_invalid_login_error(self) -> forms.ValidationError:
        refused = authentication.refusal(self.request)
        return forms.ValidationError(sentence(refused) if refused else wrong())


def wrong() -> str:
    return _("The email address, the password or the code is wrong. Please try again.")


def sentence(refused: TooOften) -> str:
    return _(
        "Too many attempts. Please wait %(minutes)d minutes, or set a new password: then you can log in at once."
    ) % {"minutes": refused.minutes}


class LoginView(WagtailLoginView):
    """Wagtail's, with the status that programs understand when somebody has to wait."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        response = super().form_invalid(form)
        refused = getattr(self.request, "log_in_refused", None)
        if refused:
            response.render()
            refused.mark(response)
        return response


log_in = sensitive_post_parameters("password", "code")(LoginView.as_view())


class SecondFactorMiddleware:
    """Keeps everyone out of the admin who owes a second factor; only its set-up and the way out stay open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(reverse("wagtailadmin_home")) and request.user.is_authenticated:
            user = request.user
            open_paths = (reverse("second_factor"), reverse("wagtailadmin_logout"))
            if not user.is_verified():  # type: ignore[union-attr] (added by OTPMiddleware)
                if has_one(user):
                    logout(request)
                    return redirect("wagtailadmin_login")
                if is_required_for(user) and request.path not in open_paths:
                    return redirect("second_factor")
        return self.get_response(request)


class ConfirmForm(forms.Form):
    code = CodeField()


@sensitive_post_parameters("code")
@never_cache
@require_admin_access
def set_up(request: HttpRequest) -> HttpResponse:
    """``/admin/second-factor/``: shows the key for the app and takes the first code; a new one replaces the old."""
    user = person_of(request)
    new = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    if new is None:
        new = TOTPDevice.objects.create(user=user, name="default", confirmed=False)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        authentication.OWN_PASSWORD.count(target=str(user.pk))
        if new.verify_token(codes.normalised(form.cleaned_data["code"])):
            authentication.OWN_PASSWORD.forget(target=str(user.pk))
            TOTPDevice.objects.filter(user=user, confirmed=True).delete()
            new.confirmed = True
            new.save()
            django_otp.login(request, new)
            messages.success(request, _("The second factor is set up. From now on you need it to sign in."))
            return _show_codes(request, user)
        form.add_error("code", _("This code is wrong. Check the clock of your phone and type the newest code."))
    context = {
        "form": form,
        "key": spelled(new),
        "drawing": qr_code(new.config_url),
        "has_one": has_one(user),
        "codes_left": codes.recovery_codes_left(user),
    }
    return render(request, "cms/accounts/second_factor.html", context)


@never_cache
@require_admin_access
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """``/admin/second-factor/codes/``: ten new codes, shown once; the old ones stop working."""
    user = person_of(request)
    if not has_one(user):
        return redirect("second_factor")
    return _show_codes(request, user)


def _show_codes(request: HttpRequest, user: User) -> HttpResponse:
    return render(request, "cms/accounts/recovery_codes.html", {"codes": codes.new_recovery_codes(user)})


def warning_for(user: User) -> str:
    """A sentence for who has nearly no recovery codes left; empty while all is well."""
    left = codes.recovery_codes_left(user) if has_one(user) else codes.HOW_MANY
    if left > codes.FEW:
        return ""
    return ngettext(
        "You have %(left)d recovery code left. Make new ones, so that you can sign in when your phone is lost.",
        "You have %(left)d recovery codes left. Make new ones, so that you can sign in when your phone is lost.",
        left,
    ) % {"left": left}


def spelled(device: TOTPDevice) -> str:
    """The key in groups of four, for typing."""
    key = device.config_url.split("secret=")[1].split("&")[0]
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def qr_code(text: str) -> SafeString:
    """``text`` as an inline SVG drawing."""
    drawing = qrcode.make(text, image_factory=qrcode.image.svg.SvgPathImage, box_size=8)
    return mark_safe(drawing.to_string(encoding="unicode"))  # noqa: S308 (a drawing made of squares)
