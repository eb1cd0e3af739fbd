"""From an address to a page: routes over the source tree, then shows the words of the reader's language.

Slugs are the same in every language, so an address is found once, among the source pages, and answers in every
language. A missing translation needs no row: the source page answers with its own words, marked as such.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.views import serve_chain
from wagtail.wagtail_hooks import check_view_restrictions

from cms.localization import languages, locales, notices
from cms.pages.base_page import BasePage
from cms.routing import address, query_parameters, restrictions


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Answers ``/<language>/<path>`` with the page found there, in the language of the address.

    Browsers keep it, but never show it without asking whether it is still right, unless the page said otherwise.
    A form sends its empty fields as well: an address that is shared, kept and cached does without them.
    """
    shorter = query_parameters.without_empty(request)
    response = answer(request) if shorter is None else HttpResponseRedirect(shorter)
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, no_cache=True)
    return response


def answer(request: HttpRequest) -> HttpResponse:
    found = address.of_request(request)
    if found.page is None:
        raise Http404
    page = in_readers_language(found.page.model, found.page.translation_key)
    args, kwargs = route(page, found.rest)

    def show(source: BasePage, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        for hook in hooks.get_hooks("before_serve_page"):
            response = hook(page, request, args, kwargs)
            if isinstance(response, HttpResponse):
                return response
        chain = serve_chain
        for hook in reversed(hooks.get_hooks("on_serve_page")):
            if hook is not check_view_restrictions:
                chain = hook(chain)
        return chain(page, request, args, kwargs)

    if restrictions.restricted_paths():
        # Restrictions are set on the source page and hold for every language.
        show = check_view_restrictions(show)
    return show(page.facts, request, args, kwargs)


def in_readers_language(model: type[Model], translation_key: UUID) -> BasePage:
    """The live translation of the source page with that key into the active language, or the source page itself.

    One query; either has ``facts`` ready.
    """
    if not issubclass(model, BasePage):
        raise Http404
    source_id, wanted_id = locales.id_of(languages.SOURCE), locales.id_of(languages.active().code)
    pages = model.objects.for_serving().filter(
        translation_key=translation_key, locale_id__in={source_id, wanted_id}, live=True, alias_of=None
    )
    found = {page.locale_id: page for page in notices.annotated(pages, languages.active().code)}
    source = found.get(source_id)
    if source is None:
        raise Http404
    page = found.get(wanted_id, source)
    page.facts = source
    return page


def route(page: BasePage, rest: Sequence[str]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Arguments for ``page.serve``: lets it answer the part of the address after its own; 404 when it has no such view.

    Child pages were looked up before; asking Wagtail's ``Page.route`` would find translations of unpublished ones.
    What has a point in its name is a file and ends the address, without a slash.
    """
    if isinstance(page, RoutablePageMixin):
        match = page.resolve_subpage(
            "/" + "".join(component if "." in component else f"{component}/" for component in rest)
        )
        return (match.func, match.args, match.kwargs), {}
    if rest:
        raise Http404
    return (), {}


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """``/``: leads to the home page in the language that the browser prefers."""
    code = translation.get_language_from_request(request)
    response = HttpResponse(status=302, headers={"Location": f"/{languages.get(code).code}/"})
    response["Vary"] = "Accept-Language"
    response["Cache-Control"] = "no-cache"
    return response
