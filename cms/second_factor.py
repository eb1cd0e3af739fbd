"""The second factor of staff: a time-based code (TOTP, RFC 6238) from an authenticator app, beside the password.

Press office, integration centre and administrators must have one where ``SECOND_FACTOR_REQUIRED`` is set, as it is in
production; anyone else in the admin may.
"""

from collections.abc import Callable

import django_otp
import qrcode
import qrcode.image.svg
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm

from cms import roles
from cms.accounts import User

REQUIRED_ROLES = (roles.PRESS, roles.KI, roles.ADMINISTRATORS)


def is_required_for(user: User) -> bool:
    """Whoever may publish or see others' data needs a second factor."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return user.is_superuser or user.groups.filter(name__in=REQUIRED_ROLES).exists()


def has_one(user: User) -> bool:
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


def owes_second_factor(user: User) -> bool:
    """Whether ``user`` has logged in with a password only and needs more than that to see what is not public."""
    is_verified = bool(user.is_verified())  # type: ignore[attr-defined] (added by OTPMiddleware)
    return not is_verified and (is_required_for(user) or has_one(user))


class LoginForm(WagtailLoginForm):
    """Asks for the code as well; people without a second factor leave it empty."""

    code = forms.CharField(
        required=False,
        max_length=8,
        label=gettext_lazy("Code from your authenticator app"),
        help_text=gettext_lazy("Only if you have set one up."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean()
        user = self.get_user()
        if user is not None and has_one(user):
            user.otp_device = django_otp.match_token(user, str(cleaned.get("code", "")).replace(" ", ""))
            if user.otp_device is None:
                raise forms.ValidationError(
                    _("The code is missing or wrong. Wait for the next one in your app and try again.")
                )
        return cleaned


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
    code = forms.CharField(
        max_length=8,
        label=gettext_lazy("Code from your authenticator app"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


@never_cache
@require_admin_access
def set_up(request: HttpRequest) -> HttpResponse:
    """``/admin/second-factor/``: shows the key for the app and takes the first code; a new one replaces the old."""
    new = TOTPDevice.objects.filter(user=request.user, confirmed=False).first()
    if new is None:
        new = TOTPDevice.objects.create(user=request.user, name="default", confirmed=False)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if new.verify_token(form.cleaned_data["code"].replace(" ", "")):
            TOTPDevice.objects.filter(user=request.user, confirmed=True).delete()
            new.confirmed = True
            new.save()
            django_otp.login(request, new)
            messages.success(request, _("The second factor is set up. From now on you need it to sign in."))
            return redirect("wagtailadmin_home")
        form.add_error("code", _("This code is wrong. Check the clock of your phone and type the newest code."))
    context = {"form": form, "key": spelled(new), "drawing": qr_code(new.config_url), "has_one": has_one(request.user)}
    return render(request, "cms/second_factor.html", context)


def spelled(device: TOTPDevice) -> str:
    """The key in groups of four, for typing."""
    key = device.config_url.split("secret=")[1].split("&")[0]
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def qr_code(text: str) -> SafeString:
    """``text`` as an inline SVG drawing."""
    drawing = qrcode.make(text, image_factory=qrcode.image.svg.SvgPathImage, box_size=8)
    return mark_safe(drawing.to_string(encoding="unicode"))  # noqa: S308 (a drawing made of squares)
