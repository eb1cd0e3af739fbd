"""Answers while the operator works on the installation: a page in the visitor's language, status 503."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation

from cms.localization import languages

RETRY_AFTER = 600  # seconds


def is_on() -> bool:
    """True while the file ``maintenance`` lies in the data folder."""
    return Path(settings.DATA_DIR, "maintenance").exists()


class MaintenanceMiddleware:
    """Comes before all that needs the database, so that it also answers during migrations."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_on() or request.path.startswith((settings.STATIC_URL, "/healthz")):
            return self.get_response(request)
        response = HttpResponse(render_without_database("503.html", request), status=503)
        response["Retry-After"] = str(RETRY_AFTER)
        response["Cache-Control"] = "no-store"
        return response


def render_without_database(template: str, request: HttpRequest, context: dict[str, Any] | None = None) -> str:
    """Renders a template that asks nothing of the database, in the language of the address or of the browser."""
    code = translation.get_language_from_path(request.path_info) or translation.get_language_from_request(request)
    with translation.override(languages.get(code).code):
        return render_to_string(template, {**(context or {}), "language": languages.active()})
