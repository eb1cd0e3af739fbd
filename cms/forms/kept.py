"""What somebody typed while their log-in had ended: kept for them until they are back, so that nothing is lost.

Every screen that asks for it leaves a signed cookie with the number of the account, which outlives the log-in and opens
nothing. Only who sends it has something kept, for that account, and for an address that is theirs: a stranger, who has
no such cookie, stores nothing. It is kept for one hour; files cannot be.

Members' screens call ``keep`` themselves. In the admin Wagtail asks for the log-in before any view of ours is reached:
apps ``register`` what they keep by the name of the view, and ``KeptFormMiddleware`` looks there.
"""

import contextlib
import datetime as dt
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone

from cms.accounts import User
from cms.accounts.throttling import HOUR, Limit, TooOften, Window
from cms.http import proxies

COOKIE = "member"
COOKIE_LASTS = 90 * 24 * 60 * 60  # seconds; as long as the longest log-in
SALT = "cms.accounts.kept"
LARGEST = 64 * 1024
LARGEST_IN_ADMIN = 1024 * 1024
MOST_FORMS = 5
"""Of one person; the oldest gives way."""
MOST_IN_ALL = 32 * 1024 * 1024
SECONDS = 60 * 60
KEEPING = Limit("keep form", client=(Window(60, HOUR),), target=(Window(30, HOUR),))
NOT_KEPT = ("csrfmiddlewaretoken", "current", "password")
"""Parts of the names of fields that are not kept: a password would stand in the database."""

Chooser = Callable[[User, HttpRequest, dict[str, Any]], QueryDict | None]
"""What of a form is kept for this person; None when the address is not theirs."""

_in_admin: dict[str, list[Chooser]] = {}


def register(view_name: str, choose: Chooser) -> None:
    """Forms of that view of the admin are kept, as the first chooser says that knows them."""
    _in_admin.setdefault(view_name, []).append(choose)


class KeptForm(models.Model):
    """The fields of one form, for the person and the address that it was sent to."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    fields = models.TextField()
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="kept_form_once")]

    def __str__(self) -> str:
        return self.path


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Has the browser of somebody who is logged in remember whose it is."""
    number = request.user.pk
    if number is not None and _number(request) != number:
        value = signing.dumps(number, salt=SALT)
        response.set_cookie(
            COOKIE, value, COOKIE_LASTS, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
        )


def _number(request: HttpRequest) -> int | None:
    try:
        number = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=COOKIE_LASTS)
    except signing.BadSignature:
        return None
    return number if isinstance(number, int) else None


def keep(request: HttpRequest, is_theirs: Callable[[User], bool]) -> None:
    """Remembers the fields of a form that came without log-in, if its address is that person's."""
    user = _person(request)
    if user is not None and is_theirs(user):
        _keep(user, request, request.POST, LARGEST)


def keep_in_admin(request: HttpRequest) -> bool:
    """The same for a view of the admin that is registered; says whether something was kept."""
    match = request.resolver_match
    choosers = _in_admin.get(match.view_name, []) if match is not None else []
    user = _person(request) if choosers else None
    if match is None or user is None or request.user.pk not in (None, user.pk):
        return False
    chosen = next(filter(None, (choose(user, request, match.kwargs) for choose in choosers)), None)
    return chosen is not None and _keep(user, request, chosen, LARGEST_IN_ADMIN)


def _person(request: HttpRequest) -> User | None:
    return User.objects.filter(pk=_number(request) or 0, is_active=True).first()


def _keep(user: User, request: HttpRequest, sent: QueryDict, largest: int) -> bool:
    fields = sent.copy()
    for name in sent:
        if any(part in name for part in NOT_KEPT):
            del fields[name]
    text = fields.urlencode()
    if len(text) > largest or len(request.path) > 500:
        return False
    with contextlib.suppress(TooOften):
        KEEPING.count(client=proxies.client(request), target=str(user.pk))
        _store(user, request.path, text)
        return True
    return False


def _store(user: User, path: str, text: str) -> None:
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # one after another, or each sees room for itself
        others = KeptForm.objects.filter(user=user).exclude(path=path)
        KeptForm.objects.filter(pk__in=[form.pk for form in others.order_by("-at")[MOST_FORMS - 1 :]]).delete()
        stored: int = KeptForm.objects.aggregate(bytes=models.Sum(Length("fields")))["bytes"] or 0
        if stored + len(text) <= MOST_IN_ALL:
            values = {"fields": text, "at": timezone.now()}
            KeptForm.objects.update_or_create(user=user, path=path, defaults=values)


def take(request: HttpRequest) -> QueryDict | None:
    """What was typed for this address, once; None when there is nothing, or not any more."""
    typed = look(request)
    if typed is not None:
        forget(request)
    return typed


def look(request: HttpRequest) -> QueryDict | None:
    """The same without taking it away."""
    if not request.user.is_authenticated:
        return None
    kept = KeptForm.objects.filter(user=request.user.pk, path=request.path).exclude(pk__in=over()).first()
    return QueryDict(kept.fields) if kept is not None else None


def forget(request: HttpRequest) -> None:
    if request.user.is_authenticated:
        KeptForm.objects.filter(user=request.user.pk, path=request.path).delete()


def over() -> Any:
    """What nobody came back for."""
    return KeptForm.objects.filter(at__lt=timezone.now() - dt.timedelta(seconds=SECONDS))


class KeptFormMiddleware:
    """Keeps what is sent to the admin after the log-in has ended, before Wagtail leads to its log-in screen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and match.view_name in _in_admin and request.user.is_authenticated:
            remember(request, response)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        by_script = request.headers.get("x-requested-with") == "XMLHttpRequest" or "json" in request.headers.get(
            "accept", ""
        )
        if request.method == "POST" and not request.user.is_authenticated and not by_script:
            keep_in_admin(request)


def after_another_log_in(request: HttpRequest) -> HttpResponse | None:
    """For a form whose secret is of an earlier log-in: kept, and shown again by its own screen; else None.

    Only for what our own pages have sent, as the browser says: nobody else can have words shown to somebody.
    """
    origin = f"{request.scheme}://{request.get_host()}"
    if request.method != "POST" or request.headers.get("Origin") != origin or not keep_in_admin(request):
        return None
    answer = HttpResponse(status=HTTPStatus.SEE_OTHER)
    answer["Location"] = request.get_full_path()
    return answer
