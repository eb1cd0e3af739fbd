"""Leads from an address without a language to the same one with it, where a page may be meant."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import LocalePrefixPattern, get_resolver
from django.utils import translation
from django.utils.cache import patch_vary_headers


class LanguagePrefixMiddleware(LocaleMiddleware):
    """Django's, but what lies below the admin, the files and the like is in no language: there it is not found.

    Files, such as pictures and the sitemap, are not said to differ by the reader's language.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if not is_page and not translation.get_language_from_path(request.path_info):
            return response
        if response.status_code == 404 and request.path_info.startswith(without_language()):
            patch_vary_headers(response, ("Accept-Language",))
            response.headers.setdefault("Content-Language", translation.get_language())
            return response
        return super().process_response(request, response)


@cache
def without_language() -> tuple[str, ...]:
    """The beginnings of all addresses that have no language, such as ``/admin/``."""
    patterns = [entry.pattern for entry in get_resolver(settings.ROOT_URLCONF).url_patterns]
    routes = (str(pattern).lstrip("^") for pattern in patterns if not isinstance(pattern, LocalePrefixPattern))
    folders = {"/" + route.partition("/")[0] + "/" for route in routes if "/" in route}
    return (*sorted(folders), settings.STATIC_URL, settings.MEDIA_URL)
