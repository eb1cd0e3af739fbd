"""How people log in."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase

from cms.accounts import User, codes
from cms.accounts.throttling import DAY, HOUR, Limit, TooOften, Window
from cms.http import proxies

HALF_AN_HOUR = dt.timedelta(minutes=30)
GUESSES = Limit(
    "log in",
    client=(Window(20, HALF_AN_HOUR), Window(100, DAY)),
    target=(Window(settings.AXES_FAILURE_LIMIT, HALF_AN_HOUR),),
)
"""Wrong log-ins, of one client with whatever names; ``target`` is a client with one name. Axes keeps the same limit
for the latter and a record for the operator, but counts only after the attempt: many at once would pass.
"""
OWN_PASSWORD = Limit("own password", target=(Window(10, HALF_AN_HOUR),))
"""Wrong answers where somebody who is logged in is asked for their password or code; ``target`` is the account."""
LINKS = Limit("secret link", client=(Window(60, HOUR),))
"""Addresses with a secret in them (invitations, new passwords) that do not exist."""

PAGE_PASSWORDS = Limit("page password", client=(Window(20, HALF_AN_HOUR), Window(100, DAY)))
"""Wrong passwords of pages and documents that are behind one."""

View = Callable[..., HttpResponseBase]


def attempted_address(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """For axes: the address somebody tried to log in with, in small letters, or each way to write it counts anew."""
    given = (credentials or {}).get("username") or request.POST.get(settings.AXES_USERNAME_FORM_FIELD, "")
    return str(given).strip().lower()


def client_address(request: HttpRequest) -> str:
    """From where a request comes, as it is counted: an IPv4 address, or the network of an IPv6 one."""
    return proxies.client(request)


class EmailBackend(ModelBackend):
    """Logs in by e-mail, password and, for people who have one, the code of their second factor.

    What was wrong of the three, nobody learns. Accounts of the demo content only where they are allowed.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        code: str = "",
        **kwargs: Any,
    ) -> AbstractBaseUser | None:
        """Raises PermissionDenied, and notes why at the request, when there were too many attempts."""
        who = _guesser(request, username)
        try:
            GUESSES.count(**who)
        except TooOften as refused:
            setattr(request, "log_in_refused", refused)  # noqa: B010
            raise PermissionDenied from None
        known = User.objects.filter(email=(username or "").strip().lower().replace("\0", "")).first() or User()
        user = super().authenticate(request, username=username, password=password, **kwargs)
        needs_code = codes.has_one(known)  # asked in any case: a right password takes as long as a wrong one
        if user is None or (needs_code and not _takes_code(user, code)):
            return None
        GUESSES.give_back(client=who["client"])
        GUESSES.forget(target=who["target"])
        return user

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        if getattr(user, "is_demo", False) and not settings.DEMO_ACCOUNTS_ALLOWED:
            return False
        return super().user_can_authenticate(user)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Django's answer, of one's own and of one's groups, in one query instead of two."""
        is_known = hasattr(user_obj, "_perm_cache") or not user_obj.is_active or user_obj.is_anonymous
        if is_known or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        given = Permission.objects.filter(Q(user=user_obj) | Q(group__in=user_obj.groups.all())).order_by()
        names = given.values_list("content_type__app_label", "codename")
        user_obj._perm_cache = {f"{app_label}.{codename}" for app_label, codename in names}
        return cast(set[str], user_obj._perm_cache)

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        user = super().get_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


def _guesser(request: HttpRequest | None, username: str | None) -> dict[str, str]:
    """Nobody when no request stands behind it, as in a command."""
    client = client_address(request) if request is not None else ""
    return {"client": client, "target": f"{client} {(username or '').strip().lower()}" if client else ""}


def _takes_code(user: Any, code: str) -> bool:
    """Uses up a right code only with a right password."""
    user.otp_device = codes.matching(user, code)
    return user.otp_device is not None


def refusal(request: HttpRequest) -> TooOften | None:
    """Why no log-in was tried, when there had been too many. Axes' own mark is taken away: its page is not wanted."""
    if getattr(request, "axes_locked_out", False):
        setattr(request, "axes_locked_out", False)  # noqa: B010
        setattr(request, "log_in_refused", TooOften(HALF_AN_HOUR))  # noqa: B010
    found: TooOften | None = getattr(request, "log_in_refused", None)
    return found


def is_own_password(user: User, password: str) -> bool:
    """Whether somebody who is logged in knows the password. Raises TooOften after too many wrong ones."""
    OWN_PASSWORD.count(target=str(user.pk))
    if not user.check_password(password):
        return False
    OWN_PASSWORD.forget(target=str(user.pk))
    return True


def guess_of_page_password(view: View) -> View:
    """For Wagtail's views that take the password of a page or a document, and lead on when it is right."""

    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        PAGE_PASSWORDS.count(client=client_address(request))
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.FOUND:
            PAGE_PASSWORDS.give_back(client=client_address(request))
        return response

    return limited


def forget_failures(email: str, request: HttpRequest | None = None) -> None:
    """Lets somebody log in at once who has proved otherwise to own ``email``, however often a password was wrong."""
    AxesProxyHandler.reset_attempts(username=email)
    if request is not None:
        GUESSES.forget(target=_guesser(request, email)["target"])
