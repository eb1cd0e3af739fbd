"""Answers to programs: open to every origin, with the licence, and faults as problem details (RFC 9457)."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from wagtail.models import Site

from cms.localization import languages
from cms.localization.clean_text import clean_value
from cms.open_data import licence
from cms.open_data.parameters import BadQuestion
from cms.routing.unchanged import FileOfContent

JSON, GEOJSON, PROBLEM = "application/json", "application/geo+json", "application/problem+json"
METHODS = "GET, HEAD, OPTIONS"


class NothingThere(LookupError):
    """Says in English what is not there."""


def written(data: Any) -> bytes:
    return json.dumps(clean_value(data), ensure_ascii=False, separators=(",", ":")).encode()


def answer(content: bytes, site: Site | None, *, kind: str = JSON, links: dict[str, str] | None = None) -> HttpResponse:
    """The same for everybody, to be kept as long as its mark holds."""
    response = FileOfContent(content, content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
    named = {**(links or {}), "license": licence.said(site)["url"]}
    response["Link"] = ", ".join(f'<{url}>; rel="{name}"' for name, url in named.items())
    response["Content-Language"] = languages.active().code
    return response


def problem(status: HTTPStatus, detail: str) -> HttpResponse:
    said = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    response = HttpResponse(written(said), content_type=PROBLEM, status=status)
    patch_cache_control(response, no_cache=True)
    return response


def open_to_programs(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For reading only, from pages of any origin; whatever is wrong is said as a problem."""

    @wraps(view)
    def opened(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        response = _answered(view, request, parts)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link, Content-Language"
        response["Allow"] = METHODS
        return response

    return opened


def _answered(view: Callable[..., HttpResponseBase], request: HttpRequest, parts: dict[str, Any]) -> HttpResponseBase:
    if request.method == "OPTIONS":
        allowed = {"Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "If-None-Match"}
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={**allowed, "Access-Control-Max-Age": "86400"})
    if request.method not in ("GET", "HEAD"):
        return problem(HTTPStatus.METHOD_NOT_ALLOWED, "Here is only something to be read.")
    try:
        return view(request, **parts)
    except BadQuestion as error:
        return problem(HTTPStatus.BAD_REQUEST, str(error))
    except NothingThere as error:
        return problem(HTTPStatus.NOT_FOUND, str(error))
