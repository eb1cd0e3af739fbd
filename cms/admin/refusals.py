"""Acts that are refused whatever way they are tried, and the sentence that says why."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


class Refused(Exception):
    """The act would do harm that nobody can have meant; carries the sentence for the person who tried it."""


class RefusalMiddleware:
    """Tells in the admin what was refused, and leads back to where the act was offered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        home = reverse("wagtailadmin_home")
        if not isinstance(exception, Refused) or not request.path.startswith(home):
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return HttpResponse(str(exception), status=403, content_type="text/plain; charset=utf-8")
        messages.error(request, str(exception))
        return redirect(where_it_was_offered(request) or home)


def where_it_was_offered(request: HttpRequest) -> str:
    """The screen before, unless it is this very one: that might refuse again."""
    before = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(before)
    if parts.path == request.path or not parts.path.startswith(reverse("wagtailadmin_home")):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
