"""How people log in."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address
from django.http import HttpRequest


def attempted_address(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """For axes: the address somebody tried to log in with, in small letters, or each way to write it counts anew."""
    given = (credentials or {}).get("username") or request.POST.get(settings.AXES_USERNAME_FORM_FIELD, "")
    return str(given).strip().lower()


def client_address(request: HttpRequest) -> str:
    """From where a request comes. Only what our own proxies have written is believed: anybody can send the rest."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    count = settings.PROXY_COUNT
    if 0 < count <= len(forwarded) and is_valid_ip(forwarded[-count]):
        return forwarded[-count]
    return str(request.META.get("REMOTE_ADDR", ""))


def is_valid_ip(text: str) -> bool:
    try:
        validate_ipv46_address(text)
    except ValidationError:
        return False
    return True


class EmailBackend(ModelBackend):
    """Logs in by e-mail and password; accounts of the demo content only where they are allowed."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        if getattr(user, "is_demo", False) and not settings.DEMO_ACCOUNTS_ALLOWED:
            return False
        return super().user_can_authenticate(user)

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        user = super().get_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


def forget_failures(email: str) -> None:
    """Lets somebody log in at once who has proved otherwise to own ``email``, however often a password was wrong."""
    AxesProxyHandler.reset_attempts(username=email)
