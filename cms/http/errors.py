"""Error pages in the visitor's language."""

import re
import sys
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.accounts.throttling import SENT_WITHOUT_LOG_IN, TooOften
from cms.database import refused
from cms.http import proxies
from cms.http.maintenance import render_without_database

LONGEST = 100
"""Letters that the search takes."""


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"query": words_of_address(request.path)}, status=404)


def words_of_address(path: str) -> str:
    """What somebody may have looked for, to be searched with one press: the last part of an address that has letters.

    >>> words_of_address("/de/organisationen/verein-der-freunde/2024/")
    'verein der freunde'
    """
    parts = [" ".join(re.split(r"[\W_]+", part)).strip() for part in path.split("/")[2:]]
    return next((part for part in reversed(parts) if any(map(str.isalpha, part))), "")[:LONGEST]


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long or was sent from elsewhere."""
    from cms.forms import kept  # has models; settings name this module

    shown_again = kept.after_another_log_in(request)
    if shown_again is not None:
        return shown_again
    return render(request, "403.html", {"expired_form": True}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What no browser sends by itself, a forged host for example; asks neither the host nor the database."""
    return HttpResponse(render_without_database("400.html", request), status=400)


KEPT = 64 * 1024
NOT_KEPT = ("csrfmiddlewaretoken", "current", "password", "code")
"""Parts of the names of fields that are never written into a page: secrets."""


def too_many(request: HttpRequest, reason: str) -> HttpResponse:
    """Somebody has to wait. What they had typed stands in the page, and can be sent again from there."""
    typed: list[tuple[str, str]] = []
    if request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) <= KEPT:
        for name, values in request.POST.lists():
            if not any(part in name for part in NOT_KEPT):
                typed += [(name, value) for value in values]
    return render(request, "429.html", {"reason": reason, "typed": typed}, status=429)


class ThrottlingMiddleware:
    """No address is without a limit; and what a view refuses gets a page that keeps what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD", "OPTIONS") and not request.user.is_authenticated:
            try:
                SENT_WITHOUT_LOG_IN.count(client=proxies.client(request))
            except TooOften as too_often:
                return _kept(request, too_often)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        return _kept(request, exception) if isinstance(exception, TooOften) else None


def _kept(request: HttpRequest, too_often: TooOften) -> HttpResponseBase:
    return too_often.mark(too_many(request, str(too_often)))


def locked_out(request: HttpRequest, *_given: object) -> HttpResponse:
    """For axes: too many wrong passwords, in the admin's log-in as in that of members."""
    minutes = int(settings.AXES_COOLOFF_TIME * 60)
    reason = _(
        "Too many attempts. Please wait %(minutes)d minutes, or set a new password: then you can log in at once."
    ) % {"minutes": minutes}
    response = render(request, "403.html", {"reason": reason}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Also for middleware that could not write; views that could not have been answered before."""
    return refused.answer(request, sys.exception()) or HttpResponse(
        render_without_database("500.html", request), status=500
    )
