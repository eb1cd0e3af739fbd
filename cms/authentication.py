"""How people log in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


def attempted_address(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """For axes: the address somebody tried to log in with, in small letters, or each way to write it counts anew."""
    given = (credentials or {}).get("username") or request.POST.get(settings.AXES_USERNAME_FORM_FIELD, "")
    return str(given).strip().lower()


class EmailBackend(ModelBackend):
    """Logs in by e-mail and password; accounts of the demo content only where they are allowed."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        if getattr(user, "is_demo", False) and not settings.DEMO_ACCOUNTS_ALLOWED:
            return False
        return super().user_can_authenticate(user)

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        user = super().get_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
