"""What browsers and proxies between us and the visitor may keep."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control

TEXT = ("text/", "application/json", "application/javascript", "application/xml")


class TextCompressionMiddleware(GZipMiddleware):
    """Django's, for texts and drawings only: pictures, films and parts of a file are sent as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if response.status_code == 206 or not (kind.startswith(TEXT) or kind.endswith(("+xml", "+json"))):
            return response
        return super().process_response(request, response)


class CacheControlMiddleware:
    """An answer that does not say how long it may be kept is asked for again each time, errors included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, no_cache=True, **({"private": True} if response.cookies else {}))
        return response
