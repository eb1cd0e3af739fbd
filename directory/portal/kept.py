"""What somebody typed while their log-in had ended: kept for them until they are back, so that nothing is lost.

Every screen of a member leaves a signed cookie with the number of their account, which outlives the log-in and opens
nothing. Only who sends it has something kept, for that account, and for an address that was theirs: a stranger, who has
no such cookie, stores nothing. It is kept for one hour; files cannot be.
"""

import contextlib
import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils import timezone

from cms import proxies
from cms.accounts import User
from cms.throttling import HOUR, Limit, TooOften, Window
from directory import permissions
from directory.organisation import OrganisationPage

COOKIE = "member"
COOKIE_LASTS = 90 * 24 * 60 * 60  # seconds; as long as the longest log-in
SALT = "directory.portal.kept"
LARGEST = 64 * 1024
MOST_FORMS = 5
"""Of one person; the oldest gives way."""
MOST_IN_ALL = 32 * 1024 * 1024
SECONDS = 60 * 60
KEEPING = Limit("keep form", client=(Window(60, HOUR),), target=(Window(30, HOUR),))
NOT_KEPT = ("csrfmiddlewaretoken", "current", "password")
"""Parts of the names of fields that are not kept: a password would stand in the database."""


class KeptForm(models.Model):
    """The fields of one form, for the person and the address that it was sent to."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    fields = models.TextField()
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="kept_form_user_path")]

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


def keep(request: HttpRequest, key: UUID | None = None) -> None:
    """Remembers the fields of a form that came without log-in; ``key`` is the organisation whose screen it is for."""
    user = User.objects.filter(pk=_number(request) or 0, is_active=True).first()
    if user is None or len(request.path) > 500 or not _is_theirs(user, key):
        return
    fields = request.POST.copy()
    for name in request.POST:
        if any(part in name for part in NOT_KEPT):
            del fields[name]
    text = fields.urlencode()
    if len(text) > LARGEST:
        return
    with contextlib.suppress(TooOften):
        KEEPING.count(client=proxies.client(request), target=str(user.pk))
        _store(user, request.path, text)


def _store(user: User, path: str, text: str) -> None:
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # one after another, or each sees room for itself
        others = KeptForm.objects.filter(user=user).exclude(path=path)
        KeptForm.objects.filter(pk__in=[form.pk for form in others.order_by("-at")[MOST_FORMS - 1 :]]).delete()
        stored: int = KeptForm.objects.aggregate(bytes=models.Sum(Length("fields")))["bytes"] or 0
        if stored + len(text) <= MOST_IN_ALL:
            values = {"fields": text, "at": timezone.now()}
            KeptForm.objects.update_or_create(user=user, path=path, defaults=values)


def _is_theirs(user: User, key: UUID | None) -> bool:
    if key is None:
        return True
    organisation = OrganisationPage.objects.sources().filter(translation_key=key).first()
    return organisation is not None and permissions.is_member(user, organisation)


def take(request: HttpRequest) -> QueryDict | None:
    """What was typed for this address, once; None when there is nothing, or not any more."""
    if not request.user.is_authenticated:
        return None
    kept = KeptForm.objects.filter(user=request.user.pk, path=request.path).first()
    if kept is None:
        return None
    KeptForm.objects.filter(pk=kept.pk).delete()
    return QueryDict(kept.fields) if kept.at > timezone.now() - dt.timedelta(seconds=SECONDS) else None


def over() -> Any:
    """What nobody came back for."""
    return KeptForm.objects.filter(at__lt=timezone.now() - dt.timedelta(seconds=SECONDS))
