"""Old addresses: a page that moved is found under its old address in every language.

Wagtail notes the old German address; other languages have the same one behind their prefix. What has a point in its
name (a calendar) is a file of the page, and moves with it: programs that have subscribed go on.
"""

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils import translation
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from cms.localization import languages
from cms.routing import sites
from cms.routing.address import path_of

GERMAN = f"/{languages.SOURCE}/"


class ReaderRedirectMiddleware(RedirectMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != 404:
            return response
        response = super().process_response(request, response)
        return in_readers_language(request) or response if response.status_code == 404 else response


def in_readers_language(request: HttpRequest) -> HttpResponseBase | None:
    """The answer to an address of which only the German one, or that of the file's page, is noted."""
    code = translation.get_language_from_path(request.path_info)
    folder, _slash, file = request.path_info.rpartition("/")
    if not code or (code == languages.SOURCE and "." not in file):
        return None
    address = f"{folder}/" if "." in file else request.path_info
    german = GERMAN + address.removeprefix(f"/{code}/")
    moved = get_redirect(request, Redirect.normalise_path(german, decode_unicode=False))
    target = target_of(moved, code, request) if moved else ""
    if not target:
        return None
    answer = HttpResponsePermanentRedirect if moved.is_permanent else HttpResponseRedirect
    return answer(target + (file if "." in file and moved.redirect_page else ""))


def target_of(moved: Redirect, code: str, request: HttpRequest) -> str:
    """Where ``moved`` leads in that language; "" when nothing is there. A link into this Site stays in the language."""
    if moved.redirect_page:
        page = moved.redirect_page
        return path_of(page, code) + moved.redirect_page_route_path.lstrip("/") if page.live else ""
    link: str = moved.redirect_link
    site = sites.of_request(request)
    for start in (f"{site.root_url}{GERMAN}", GERMAN) if site else ():
        if link.startswith(start):
            return f"/{code}/{link.removeprefix(start)}"
    return link
