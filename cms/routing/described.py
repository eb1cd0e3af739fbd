"""The site and the way to the page being read, for programs (schema.org); pages describe themselves."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cms.http.structured_data import identity, municipality
from cms.localization import languages, notices
from cms.localization.localized_text import LocalizedText
from cms.routing import sites
from cms.routing.layout import Layout


def site(request: HttpRequest) -> dict[str, Any]:
    """The site, who publishes it, and how to search it."""
    settings, language = sites.settings_of(sites.of_request(request)), languages.active().code
    publisher = municipality(request, settings.municipality or settings.name)
    search = request.build_absolute_uri(reverse("search"))
    return {
        "@type": "WebSite",
        "@id": identity(request, "/", "website"),
        "name": settings.name,
        "description": settings.claim_words.plain,
        "url": request.build_absolute_uri(f"/{language}/"),
        "inLanguage": language,
        "publisher": {**publisher, "url": request.build_absolute_uri("/")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def way(layout: Layout, request: HttpRequest, title: LocalizedText | str) -> dict[str, Any] | None:
    """The breadcrumbs with the page itself at their end; None where nothing stands above it."""
    steps = [(link.text, link.href) for link in layout.breadcrumbs]
    if not steps:
        return None
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": notices.title_of(text) if isinstance(text, LocalizedText) else str.__str__(text),
                "item": request.build_absolute_uri(href),
            }
            for position, (text, href) in enumerate([*steps, (title, request.path)], start=1)
        ],
    }
