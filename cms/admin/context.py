"""Who is at work in the admin, for what is drawn after the view has ended."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from wagtail.log_actions import LogContext


class AdminContextMiddleware:
    """Wagtail notes the person while a view runs; templates are drawn later, and choosers ask for them as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(reverse("wagtailadmin_home")) or not request.user.is_authenticated:
            return self.get_response(request)
        with LogContext(user=request.user):
            return self.get_response(request)
