"""Old addresses: a page that moved is found under its old address in every language.

Wagtail notes the old German address; other languages have the same one behind their prefix. What has a point in its
name (a calendar) is a file of the page, and moves with it: programs that have subscribed go on.
"""

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.utils import translation
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from cms import languages
from cms.pages import path_of


class ReaderRedirectMiddleware(RedirectMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response = super().process_response(request, response)
        code = translation.get_language_from_path(request.path_info)
        folder, _slash, file = request.path_info.rpartition("/")
        if response.status_code != 404 or not code or (code == languages.SOURCE and "." not in file):
            return response
        address = f"{folder}/" if "." in file else request.path_info
        german = f"/{languages.SOURCE}/{address.removeprefix(f'/{code}/')}"
        moved = get_redirect(request, Redirect.normalise_path(german, decode_unicode=False))
        if moved is None or moved.redirect_page is None or not moved.redirect_page.live:
            return response
        rest = moved.redirect_page_route_path.lstrip("/") + (file if "." in file else "")
        return HttpResponsePermanentRedirect(path_of(moved.redirect_page, code) + rest)
