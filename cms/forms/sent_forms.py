"""A form that is sent twice ends where it would have ended once: one act, and the same answer to each press.

Each form that a page shows carries a token of its own (``csrfmiddlewaretoken`` is another one each time a form is
shown). Who comes first with a token and the same fields has the act done; who comes with both while that is under way
waits for it, and who comes later is given the same answer, cookies and all: the second press on "accept" logs in as the
first has. An act that failed, and a form that was shown again because something was wrong in it, are not answered from
here: they are simply tried anew.

Only the last thing that a browser has sent is answered again, and only for some minutes: whoever goes back in between
does something else, and an answer from before would be untrue.
"""

import base64
import datetime as dt
import logging
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.utils import timezone
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)
KEPT_FOR = dt.timedelta(minutes=10)
UNDER_WAY = dt.timedelta(seconds=60)
"""Longest that an act takes. One that is older and has no answer has ended with its process."""
LONGEST_WAIT = 70.0
PAUSE = 0.05  # seconds
LARGEST = 256 * 1024
ADMIN = "/admin/"


class SentFormQuerySet(models.QuerySet["SentForm"]):
    def over(self) -> Self:
        return self.filter(at__lt=timezone.now() - KEPT_FOR)

    def later_by_browser(self, form: "SentForm") -> Self:
        """What was sent after ``form`` by the browser that has sent it; a log-in gives a browser a new name."""
        names = [form.browser, form.browser_after]
        return self.filter(Q(browser__in=names) | Q(browser_after__in=names), at__gt=form.at).exclude(pk=form.pk)


class SentForm(models.Model):
    """One form as it was shown and filled in. What was in it is kept as a keyed hash only."""

    key = models.CharField(max_length=64, unique=True)
    browser = models.CharField(max_length=64, db_index=True)
    browser_after = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    answer = models.JSONField(null=True)

    objects = SentFormQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"


def _hash(text: str) -> str:
    return salted_hmac("cms.sent_forms", text, algorithm="sha256").hexdigest()


def key_of(request: HttpRequest) -> str:
    """The same for the same fields and files, sent to the same address from the same showing of the form."""
    parts = [request.get_full_path(), *(f"{name}={values}" for name, values in sorted(request.POST.lists()))]
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest = salted_hmac("cms.sent_forms.file", b"".join(file.chunks()), algorithm="sha256").hexdigest()
            file.seek(0)
            parts.append(f"{name}:{file.name}:{digest}")
    return _hash("\n".join(parts))


def browser_of(request: HttpRequest, response: HttpResponseBase | None = None) -> str:
    """By the secret that forms of the same browser share; empty where it has none."""
    given = response.cookies.get(settings.CSRF_COOKIE_NAME) if response is not None else None
    secret = given.value if given is not None else request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return _hash(secret) if secret else ""


def is_form(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Whether a person has pressed a button: what scripts send in between they may well send again.

    Of the admin's own views, which send by script as well, only what the browser says to lead to another page.
    """
    mode = request.headers.get("Sec-Fetch-Mode", "")
    if request.method != "POST" or mode not in ("", "navigate") or "X-Requested-With" in request.headers:
        return False
    is_ours = getattr(view, "__module__", "").partition(".")[0] in our_apps()
    return mode == "navigate" or is_ours or not request.path.startswith(ADMIN)


@cache
def our_apps() -> frozenset[str]:
    """Names of the apps of this project."""
    return frozenset(app.name for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR)


# Answers


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A page that leads on; or one that is the answer itself, unless it shows a secret or is a screen of the admin."""
    if response.status_code in (301, 302, 303):
        return True
    is_secret = hasattr(request, "sensitive_post_parameters") or request.path.startswith(ADMIN)
    is_small = not response.streaming and len(getattr(response, "content", b"")) <= LARGEST
    return response.status_code == 200 and is_small and not is_secret


def _written(response: HttpResponseBase) -> dict[str, Any]:
    cookies = {
        name: {"value": morsel.value, **{key: value for key, value in morsel.items() if value}}
        for name, morsel in response.cookies.items()
    }
    body = base64.b64encode(getattr(response, "content", b"")).decode()
    return {"status": response.status_code, "headers": dict(response.items()), "cookies": cookies, "body": body}


def _read(answer: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(base64.b64decode(answer["body"]), status=answer["status"], headers=answer["headers"])
    for name, given in answer["cookies"].items():
        response.cookies[name] = given["value"]
        response.cookies[name].update({key: value for key, value in given.items() if key != "value"})
    return response


# Sending


def begin(key: str, browser: str) -> SentForm | HttpResponse | None:
    """The form, to be done by who asks; the answer that was given before; or None for whom it does not concern."""
    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until:
        form, is_new = SentForm.objects.get_or_create(key=key, defaults={"browser": browser})
        if is_new:
            return form
        if browser not in (form.browser, form.browser_after):
            return None
        is_stale = form.at < timezone.now() - (UNDER_WAY if form.answer is None else KEPT_FOR)
        if is_stale or (form.answer is not None and SentForm.objects.later_by_browser(form).exists()):
            anew = {"at": timezone.now(), "answer": None, "browser": browser, "browser_after": ""}
            if SentForm.objects.filter(pk=form.pk, at=form.at).update(**anew):
                return form
        elif form.answer is not None:
            return _read(form.answer)
        time.sleep(PAUSE)
    return None


def end(form: SentForm, request: HttpRequest, response: HttpResponseBase) -> None:
    row = SentForm.objects.filter(pk=form.pk)
    try:
        if _may_be_kept(request, response):
            row.update(answer=_written(response), browser_after=browser_of(request, response))
        else:
            row.delete()
    except DatabaseError as error:  # the act is done, and who has pressed once must hear of it
        logger.warning("The answer to a form could not be kept: %s", error)


class SentFormMiddleware:
    """Outside the session's, whose cookie is part of the answer; its look at a form comes before that at its token,
    which a log-in has changed when the second press arrives.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        begun: SentForm | HttpResponse | None = getattr(request, "sent_form", None)
        if isinstance(begun, HttpResponse):
            return begun
        if begun is not None:
            end(begun, request, response)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_given: Any) -> HttpResponse | None:
        if not is_form(request, view):
            return None
        try:
            browser = browser_of(request) if request.POST.get(TOKEN) else ""
            begun = begin(key_of(request), browser) if browser else None
        except UnreadablePostError:
            return None
        setattr(request, "sent_form", begun)  # noqa: B010
        # Only stops here: what stands further inside must not touch the cookies of the answer.
        return HttpResponse(status=204) if isinstance(begun, HttpResponse) else None
