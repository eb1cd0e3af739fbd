"""An organisation's events and offers for a frame on its own website: no script, no cookie, nothing to press in it.

Only its own website may frame it, so that nobody else passes it off as theirs; links leave the frame.
"""

import re
from urllib.parse import urlsplit
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from cms.localization import languages, notices
from cms.routing import serving, sites
from dates.events.event_page import EventPage
from dates.programme import event_dates
from directory.models import OrganisationPage

MOST = 10
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {hosts}"
)


@require_safe
def organisation(request: HttpRequest, key: UUID) -> HttpResponse:
    """``/embed/organisation/<key>/?lang=ar``; German for a language that the site does not have."""
    language = languages.get(request.GET.get("lang"))
    site = sites.of_request(request)
    public = OrganisationPage.objects.listed().filter(translation_key=key)
    if site is None or not public.descendant_of(site.root_page).exists():
        raise Http404
    with translation.override(language.code):
        page = serving.in_readers_language(OrganisationPage, key)
        context = {
            "page": page,
            "facts": page.facts,
            "words": page.words,
            "offers": page.offers_in_words(),
            "events": event_dates.upcoming(EventPage.objects.listed().organised_by(page.facts), MOST),
            "told": notices.notices(page.words),
            "address": request.build_absolute_uri(page.reader_path),
        }
        response = HttpResponse(render_to_string("dates/embed/organisation.html", context, request))
    response["Content-Language"] = language.code
    response["Content-Security-Policy"] = POLICY.format(hosts=" ".join(["'self'", *hosts_of(page.facts.website)]))
    response["X-Robots-Tag"] = "noindex"
    response.xframe_options_exempt = True  # which knows no list of hosts
    return response


def hosts_of(website: str) -> list[str]:
    """The origins of a website, with and without "www"; none where there is no address that a policy can name."""
    try:
        parts = urlsplit(website)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return []
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(host):
        return []
    bare = host.removeprefix("www.")
    return [f"{parts.scheme}://{name}{port}" for name in dict.fromkeys((host, bare, f"www.{bare}"))]
